/**
 * Convolution (cross-correlation, as everywhere in the field) over 1 to 3 spatial axes. In two dimensions
 * y[o, i, j] = b[o] + Σ_c,u,v w[o, c, u, v] · x[c, i·s + u·d − p, j·s + v·d − p]; w of shape [filters, channels / groups, ...kernel].
 */
import { conv } from "../../graph/functions.ts";
import { integer } from "../../kit/schema.ts";
import { sampleShapeOf, tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { orEachAxis, paddingField, perAxis, useBias } from "./fields.ts";
import { checkGroups, groupsField } from "./groups.ts";
import { HE, type InitConfig, initialization, ZEROS } from "./initialization.ts";
import type { LayerDefinition, SampleShape } from "./layer.ts";
import type { ParameterSpec } from "./parameter.ts";
import { type Rank, spaceWords } from "./space.ts";
import { constantPad, evenPads, inSequence, pythonBool, pythonTuple } from "./torchWindow.ts";
import { type ConvolutionWindowConfig, resolveConvolution, type Window } from "./window.ts";

export interface ConvolutionConfig extends ConvolutionWindowConfig {
  readonly filters: number;
  readonly groups: number;
  readonly bias: boolean;
  readonly init?: InitConfig | undefined;
}

/** Of convolutions, transposed ones as well. */
export const convolutionInit = initialization({ weight: HE, bias: ZEROS });

export function filtersField(description: string) {
  return integer({ default: 32, min: 1, max: 8192, scale: "log", search: [8, 128], title: "Filters", description });
}

export function convolutionFields(rank: Rank) {
  const { sample, elements } = spaceWords[rank];
  return {
    filters: filtersField(`Number of patterns looked for, one output channel each. Double it where the ${sample} is halved.`),
    kernel: perAxis(rank, {
      default: 3,
      min: 1,
      title: "Kernel",
      description: `${rank === 1 ? "Length" : "Side"} of the window in ${elements}${orEachAxis(rank)}. Stacks of 3 see as far as one large window, with fewer weights.`,
    }),
    stride: perAxis(rank, {
      default: 1,
      min: 1,
      title: "Stride",
      description: `Step of the window in ${elements}${orEachAxis(rank)}. 2 halves the ${sample}; leave 1 where pooling does that.`,
    }),
    padding: paddingField(
      rank,
      `"valid" adds nothing, "same" adds zeros so that stride 1 keeps the size, a number adds that many zeros on every side. Under a stride "same" adds as few as are needed, the odd one at the end, as TensorFlow does; "symmetric" adds half a window on every side, as PyTorch's padding=1 for a kernel of 3. Use "same" to stack many layers without shrinking the ${sample}.`,
    ),
    dilation: perAxis(rank, {
      default: 1,
      min: 1,
      rare: true,
      title: "Dilation",
      description: `Distance between the window's taps${orEachAxis(rank)}. Larger sees further with the same number of weights, and skips what lies between.`,
    }),
    groups: groupsField,
    bias: useBias,
    init: convolutionInit.field,
  };
}

/** For an entry of configuration C. */
export function convolution<C extends ConvolutionConfig>(rank: Rank): Pick<LayerDefinition<C>, "outputShape" | "parameters" | "forward" | "torch"> {
  const resolve = (input: SampleShape, config: ConvolutionConfig): Window => {
    const window = resolveConvolution(input, rank, config);
    checkGroups(window.channels, config.filters, config.groups);
    return window;
  };
  const parameters = (input: SampleShape, config: ConvolutionConfig): readonly ParameterSpec[] => {
    const { channels, kernel } = resolve(input, config);
    const area = kernel.reduce((a, b) => a * b, 1);
    const perGroup = channels / config.groups;
    const fan = { fanIn: perGroup * area, fanOut: (config.filters / config.groups) * area };
    const shape = [config.filters, perGroup, ...kernel];
    const weight = { name: "weight", role: "weight", shape, units: unitsAlong(0, shape), initializer: convolutionInit.of(config, "weight"), ...fan } as const;
    return config.bias ? [weight, { name: "bias", role: "bias", shape: [config.filters], initializer: convolutionInit.of(config, "bias"), ...fan }] : [weight];
  };
  return {
    outputShape: (input, config) => [config.filters, ...resolve(input, config).output],
    parameters,
    forward: ({ x, parameters: tensors, config }) => {
      const { kernel, stride, dilation, pads } = resolve(sampleShapeOf(x.shape), config);
      const bias = config.bias ? tensorOf(tensors, "bias") : null;
      return conv(x, tensorOf(tensors, "weight"), bias, { kernel_shape: kernel, strides: stride, pads, dilations: dilation, group: config.groups });
    },
    torch: (input, config) => {
      const { channels, kernel, stride, dilation, pads } = resolve(input, config);
      const module = (padding: readonly number[]) =>
        `nn.Conv${rank}d(${channels}, ${config.filters}, ${pythonTuple(kernel)}, stride=${pythonTuple(stride)}, padding=${pythonTuple(padding)}, ` +
        `dilation=${pythonTuple(dilation)}, groups=${config.groups}, bias=${pythonBool(config.bias)})`;
      const even = evenPads(pads);
      if (even !== undefined) return { make: module(even) };
      return inSequence([constantPad(rank, pads), module(kernel.map(() => 0))], 1, parameters(input, config));
    },
  };
}
