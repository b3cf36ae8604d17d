/**
 * Transposed convolution (Dumoulin & Visin 2016, arXiv:1603.07285, section 4; "deconvolution" in Zeiler et al. 2010): the gradient of a convolution
 * by its input, as a layer. Every element of x adds a weighted kernel into y; w of shape [channels, filters / groups, ...kernel].
 */
import { convTranspose } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { sampleShapeOf, tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { type ConvolutionConfig, convolutionInit, filtersField } from "./convolution.ts";
import { orEachAxis, type PerAxis, paddingField, perAxis, useBias } from "./fields.ts";
import { checkGroups, groupsField } from "./groups.ts";
import type { LayerDefinition, SampleShape } from "./layer.ts";
import type { ParameterSpec } from "./parameter.ts";
import { type Rank, spaceWords } from "./space.ts";
import { constantPad, evenPads, inSequence, pythonBool, pythonTuple } from "./torchWindow.ts";
import { resolveTransposed, type TransposedWindow } from "./window.ts";

interface TransposedConvolutionConfig extends ConvolutionConfig {
  readonly outputPadding: PerAxis;
}

export function transposedConvolutionFields(rank: Rank) {
  const { sample, elements } = spaceWords[rank];
  return {
    filters: filtersField(`Number of output channels. Halve it where the ${sample} is doubled.`),
    kernel: perAxis(rank, {
      default: 2,
      min: 1,
      title: "Kernel",
      description: `${rank === 1 ? "Length" : "Side"} of what each element is spread over, in ${elements}${orEachAxis(rank)}. A multiple of the stride covers the output evenly; other sizes leave a checkerboard.`,
    }),
    stride: perAxis(rank, {
      default: 2,
      min: 1,
      title: "Stride",
      description: `Distance between the places of neighbouring elements${orEachAxis(rank)}. 2 doubles the ${sample}; 1 keeps it.`,
    }),
    padding: paddingField(
      rank,
      `"valid" cuts nothing, "same" cuts so that the output is stride times the input, "symmetric" cuts half a window from every side, as PyTorch's padding=1 for a kernel of 3, a number cuts that many from every side. Use "same" unless a certain size is wanted.`,
    ),
    outputPadding: perAxis(rank, {
      default: 0,
      min: 0,
      rare: true,
      title: "Output padding",
      description: `Lengthens the output at its end by this count of ${elements}${orEachAxis(rank)}. Use it, below the stride, to give back the size that a convolution with a stride has rounded down.`,
    }),
    dilation: perAxis(rank, {
      default: 1,
      min: 1,
      rare: true,
      title: "Dilation",
      description: `Distance between the kernel's taps${orEachAxis(rank)}. Larger spreads further with the same number of weights, and leaves gaps.`,
    }),
    groups: groupsField,
    bias: useBias,
    init: convolutionInit.field,
  };
}

/** For an entry of configuration C. */
export function transposedConvolution<C extends TransposedConvolutionConfig>(
  rank: Rank,
): Pick<LayerDefinition<C>, "outputShape" | "parameters" | "forward" | "torch"> {
  const resolve = (input: SampleShape, config: TransposedConvolutionConfig): TransposedWindow => {
    const window = resolveTransposed(input, rank, config);
    checkGroups(window.channels, config.filters, config.groups);
    return window;
  };
  const parameters = (input: SampleShape, config: TransposedConvolutionConfig): readonly ParameterSpec[] => {
    const { channels, kernel, stride } = resolve(input, config);
    const area = kernel.reduce((a, b) => a * b, 1);
    // An output element meets one tap in every stride of the kernel.
    const met = kernel.reduce((product, size, axis) => product * Math.max(1, size / at(stride, axis)), 1);
    const perGroup = config.filters / config.groups;
    const fan = { fanIn: (channels / config.groups) * met, fanOut: perGroup * area };
    const shape = [channels, perGroup, ...kernel];
    // A group's filters are fed by its own part of the channels.
    const units = unitsAlong(1, shape, config.groups);
    const weight = { name: "weight", role: "weight", shape, units, initializer: convolutionInit.of(config, "weight"), ...fan } as const;
    return config.bias ? [weight, { name: "bias", role: "bias", shape: [config.filters], initializer: convolutionInit.of(config, "bias"), ...fan }] : [weight];
  };
  return {
    outputShape: (input, config) => [config.filters, ...resolve(input, config).output],
    parameters,
    forward: ({ x, parameters: tensors, config }) => {
      const { kernel, stride, dilation, pads, outputPadding } = resolve(sampleShapeOf(x.shape), config);
      return convTranspose(x, tensorOf(tensors, "weight"), config.bias ? tensorOf(tensors, "bias") : null, {
        kernel_shape: kernel,
        strides: stride,
        pads,
        dilations: dilation,
        group: config.groups,
        output_padding: outputPadding,
      });
    },
    torch: (input, config) => {
      const { channels, kernel, stride, dilation, pads, outputPadding } = resolve(input, config);
      const module = (padding: readonly number[]) =>
        `nn.ConvTranspose${rank}d(${channels}, ${config.filters}, ${pythonTuple(kernel)}, stride=${pythonTuple(stride)}, padding=${pythonTuple(padding)}, ` +
        `output_padding=${pythonTuple(outputPadding)}, groups=${config.groups}, bias=${pythonBool(config.bias)}, dilation=${pythonTuple(dilation)})`;
      const even = evenPads(pads);
      if (even !== undefined) return { make: module(even) };
      // What is cut from one end more than from the other, PyTorch cuts afterwards.
      const cut = pads.map((amount) => (amount === 0 ? 0 : -amount));
      return inSequence([module(kernel.map(() => 0)), constantPad(rank, cut)], 0, parameters(input, config));
    },
  };
}
