/**
 * Transposed convolution: every element of x adds a weighted kernel to y; w has shape [C, filters, ...kernel]. It is the gradient of `Conv` by its
 * input, and its own gradient by x is a `Conv`.
 */
import { at, internal } from "../../kit/fault.ts";
import { type ConvTransposeAttributes, conv } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { sameShape, staticShape } from "../types.ts";
import { inputAt, product } from "./arrays.ts";
import { biasGradient, weightGradient } from "./kernelGradients.ts";
import { convTransposeSample } from "./windowSamples.ts";
import { checkWindow, forEachTap } from "./windows.ts";

export const ConvTranspose = defineOperator<ConvTransposeAttributes>({
  name: "ConvTranspose",
  summary: "y[n, o] = b[o] + Σ_c x[n, c] spread by w[c, o]",
  arity: [2, 3],
  attributes: { kernel_shape: "ints", strides: "ints", pads: "ints", dilations: "ints", group: "int", output_padding: "ints" },
  infer: (inputs, attributes) => {
    const { kernel_shape, strides, pads, dilations, group, output_padding } = attributes;
    const [x, w, b] = [at(inputs, 0), at(inputs, 1), inputs[2]];
    const [shape, kernel] = [staticShape(x.shape), staticShape(w.shape)];
    checkWindow(shape.length - 2, attributes, kernel.slice(2));
    const filters = at(kernel, 1) * group;
    if (at(shape, 1) !== at(kernel, 0) || at(kernel, 0) % group !== 0)
      throw internal(`a kernel [${w.shape.join(",")}] of ${group} groups does not take [${x.shape.join(",")}]`);
    if (b && !sameShape(b.shape, [filters])) throw internal(`a bias [${b.shape.join(",")}] is not one number a filter of [${w.shape.join(",")}]`);
    const space = shape.slice(2).map((size, axis) => {
      const reach = at(dilations, axis) * (at(kernel_shape, axis) - 1) + 1;
      return (size - 1) * at(strides, axis) + reach + at(output_padding, axis) - at(pads, axis) - at(pads, axis + kernel_shape.length);
    });
    return [{ dtype: x.dtype, shape: [at(shape, 0), filters, ...space] }];
  },
  gradient: [
    ({ dy, inputs, attributes: { output_padding: _, ...window } }) => conv(dy, at(inputs, 1), null, window),
    // The roles are exchanged: the windows slide over dy, and x has the shape of their output.
    ({ dy, inputs, attributes: { output_padding: _, ...window } }) => weightGradient(dy, at(inputs, 0), at(staticShape(at(inputs, 1).shape), 1), window),
    ({ dy }) => biasGradient(dy),
  ],
  reference: (inputs, attributes, outputs) => {
    const [x, w, b] = [inputAt(inputs, 0), inputAt(inputs, 1), inputs[2]];
    const shape = staticShape(at(outputs, 0).shape);
    const [channels, filters, perGroup] = [at(x.shape, 1), at(shape, 1), at(w.shape, 1)];
    const space = shape.slice(2);
    const [inSize, outSize, taps] = [product(x.shape.slice(2)), product(space), product(attributes.kernel_shape)];
    const data = new Float64Array(product(shape));
    for (let n = 0; n < at(shape, 0); n++) {
      if (b) for (let o = 0; o < filters; o++) data.fill(at(b.data, o), (n * filters + o) * outSize, (n * filters + o + 1) * outSize);
      for (let c = 0; c < channels; c++) {
        const first = Math.floor(c / (channels / attributes.group)) * perGroup;
        forEachTap(space, x.shape.slice(2), attributes, (from, to, tap) => {
          const value = at(x.data, (n * channels + c) * inSize + from);
          for (let o = 0; o < perGroup; o++) {
            const place = (n * filters + first + o) * outSize + to;
            data[place] = at(data, place) + value * at(w.data, (c * perGroup + o) * taps + tap);
          }
        });
      }
    }
    return [{ shape, data }];
  },
  samples: [
    convTransposeSample("stride 2", [1, 2, 3, 3], [2, 2, 3, 3], { bias: true, strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }),
    convTransposeSample("dilated, uneven zeros", [2, 1, 3, 4], [1, 2, 2, 2], { strides: [1, 2], pads: [0, 1, 1, 0], dilations: [2, 1] }),
    convTransposeSample("two groups, stride 2", [2, 4, 2, 3], [4, 3, 3, 2], {
      bias: true,
      strides: [2, 2],
      pads: [1, 0, 0, 1],
      group: 2,
      output_padding: [0, 1],
    }),
    convTransposeSample("one axis", [2, 3, 4], [3, 2, 3], { strides: [2], pads: [0, 1], output_padding: [1] }),
    convTransposeSample("three axes", [1, 2, 2, 2, 2], [2, 1, 2, 2, 2], { strides: [1, 2, 1] }),
    convTransposeSample("one kernel a channel", [1, 2, 3, 3], [2, 1, 2, 2], { strides: [2, 2], group: 2 }),
  ],
});
