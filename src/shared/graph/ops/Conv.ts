/**
 * Convolution (cross-correlation) over 1 to 3 spatial axes: y[n, o] = b[o] + Σ_c w[o, c] ⋆ x[n, c].
 *
 * Its gradients (Dumoulin & Visin 2016, section 4): by x, a convolution of dy with the flipped kernel if the stride is one, otherwise a transposed
 * convolution; by w, matrix products of dy with the elements of x at each kernel position.
 */
import { at, internal } from "../../kit/fault.ts";
import { type ConvAttributes, conv, convTranspose, slice, transpose } from "../functions.ts";
import { defineOperator, type GradientContext } from "../operator.ts";
import { sameShape, staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { inputAt, product } from "./arrays.ts";
import { biasGradient, weightGradient } from "./kernelGradients.ts";
import { convSample } from "./windowSamples.ts";
import { checkWindow, forEachTap, outputSpace, spaceOf } from "./windows.ts";

type Context = GradientContext<ConvAttributes>;

function byInput({ dy, inputs, attributes }: Context): Value {
  const [x, w] = [at(inputs, 0), at(inputs, 1)];
  const { kernel_shape, strides, pads, dilations, group } = attributes;
  const rank = kernel_shape.length;
  const mirrored = pads.map((amount, i) => at(dilations, i % rank) * (at(kernel_shape, i % rank) - 1) - amount);
  const oneByOne = group > 1 && at(staticShape(w.shape), 1) === 1 && w.shape[0] === group;
  if ((group === 1 || oneByOne) && strides.every((stride) => stride === 1) && mirrored.every((amount) => amount >= 0)) {
    const axes = kernel_shape.map((_, axis) => axis + 2);
    const ones = axes.map(() => -1);
    const flipped =
      product(kernel_shape) === 1
        ? w
        : slice(
            w,
            ones,
            axes.map(() => -(2 ** 31)),
            axes,
            ones,
          );
    return conv(dy, oneByOne ? flipped : transpose(flipped, [1, 0, ...axes]), null, { ...attributes, pads: mirrored });
  }
  // The transposed convolution may be shorter than x where the stride did not reach its end.
  const space = spaceOf(x);
  const output_padding = space.map((size, axis) => {
    const reach = at(dilations, axis) * (at(kernel_shape, axis) - 1) + 1;
    return size + at(pads, axis) + at(pads, axis + rank) - reach - (at(spaceOf(dy), axis) - 1) * at(strides, axis);
  });
  return convTranspose(dy, w, null, { ...attributes, output_padding });
}

export const Conv = defineOperator<ConvAttributes>({
  name: "Conv",
  summary: "y[n, o] = b[o] + Σ_c w[o, c] ⋆ x[n, c]",
  arity: [2, 3],
  attributes: { kernel_shape: "ints", strides: "ints", pads: "ints", dilations: "ints", group: "int" },
  infer: (inputs, attributes) => {
    const [x, w, b] = [at(inputs, 0), at(inputs, 1), inputs[2]];
    const [shape, kernel] = [staticShape(x.shape), staticShape(w.shape)];
    checkWindow(shape.length - 2, attributes, kernel.slice(2));
    if (at(shape, 1) !== at(kernel, 1) * attributes.group || at(kernel, 0) % attributes.group !== 0)
      throw internal(`a kernel [${w.shape.join(",")}] of ${attributes.group} groups does not take [${x.shape.join(",")}]`);
    if (b && !sameShape(b.shape, [at(kernel, 0)])) throw internal(`a bias [${b.shape.join(",")}] is not one number a filter of [${w.shape.join(",")}]`);
    return [{ dtype: x.dtype, shape: [at(shape, 0), at(w.shape, 0), ...outputSpace(shape.slice(2), attributes)] }];
  },
  gradient: [
    byInput,
    ({ dy, inputs, attributes }) => weightGradient(at(inputs, 0), dy, at(staticShape(at(inputs, 1).shape), 1), attributes),
    ({ dy }) => biasGradient(dy),
  ],
  reference: (inputs, attributes, outputs) => {
    const [x, w, b] = [inputAt(inputs, 0), inputAt(inputs, 1), inputs[2]];
    const shape = staticShape(at(outputs, 0).shape);
    const [filters, perGroup] = [at(w.shape, 0), at(w.shape, 1)];
    const space = x.shape.slice(2);
    const [inSize, outSize, taps] = [product(space), product(shape.slice(2)), product(attributes.kernel_shape)];
    const data = new Float64Array(product(shape));
    for (let n = 0; n < at(shape, 0); n++)
      for (let o = 0; o < filters; o++) {
        const first = Math.floor(o / (filters / attributes.group)) * perGroup;
        const target = (n * filters + o) * outSize;
        if (b) data.fill(at(b.data, o), target, target + outSize);
        forEachTap(space, shape.slice(2), attributes, (out, place, tap) => {
          for (let c = 0; c < perGroup; c++)
            data[target + out] =
              at(data, target + out) + at(w.data, (o * perGroup + c) * taps + tap) * at(x.data, (n * at(x.shape, 1) + first + c) * inSize + place);
        });
      }
    return [{ shape, data }];
  },
  samples: [
    convSample("3×3, zeros around", [2, 2, 4, 4], [3, 2, 3, 3], { bias: true, pads: [1, 1, 1, 1] }),
    convSample("many channels", [2, 9, 4, 3], [2, 9, 2, 2]),
    convSample("stride 2 that reaches the end", [1, 2, 5, 5], [2, 2, 3, 3], { strides: [2, 2] }),
    convSample("stride 2 that stops short", [1, 2, 6, 7], [2, 2, 3, 2], { strides: [2, 3], pads: [1, 0, 0, 1] }),
    convSample("dilated", [1, 1, 7, 6], [2, 1, 3, 2], { pads: [2, 1, 2, 1], dilations: [2, 3] }),
    convSample("more zeros than the kernel is wide", [1, 1, 3, 3], [1, 1, 2, 2], { pads: [2, 2, 2, 2] }),
    convSample("1×1", [2, 3, 2, 2], [2, 3, 1, 1]),
    convSample("the whole image", [2, 2, 3, 3], [2, 2, 3, 3]),
    convSample("two groups", [2, 4, 4, 3], [6, 2, 2, 2], { bias: true, pads: [1, 0, 0, 1], group: 2 }),
    convSample("one kernel a channel, stride 2", [2, 3, 5, 4], [3, 1, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], group: 3 }),
    convSample("one kernel a channel", [2, 3, 4, 5], [3, 1, 3, 2], { bias: true, pads: [1, 1, 0, 1], group: 3 }),
    convSample("one kernel a channel, one axis", [2, 3, 5], [3, 1, 2], { pads: [1, 1], group: 3, strides: [2] }),
    convSample("stride 2 and dilated", [1, 2, 8, 7], [2, 2, 2, 3], { strides: [2, 2], pads: [1, 1, 0, 1], dilations: [3, 2] }),
    convSample("uneven zeros", [1, 2, 4, 5], [2, 2, 3, 3], { pads: [2, 0, 0, 1] }),
    convSample("1×1, stride 2", [2, 2, 4, 3], [3, 2, 1, 1], { strides: [2, 2] }),
    convSample("wide rows", [1, 8, 1, 98], [1, 8, 1, 3], { pads: [0, 1, 0, 1] }),
    convSample("wide rows, stride 2", [1, 1, 2, 99], [2, 1, 2, 3], { strides: [1, 2], pads: [0, 2, 0, 1] }),
    convSample("one axis", [2, 2, 6], [3, 2, 3], { bias: true, pads: [1, 1] }),
    convSample("three axes", [1, 2, 3, 3, 4], [2, 2, 2, 2, 2], { strides: [1, 1, 2] }),
  ],
});
