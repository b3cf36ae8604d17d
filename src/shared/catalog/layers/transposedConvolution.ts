/**
 * Transposed convolution (Dumoulin & Visin 2016, arXiv:1603.07285, section 4; "deconvolution" in Zeiler et al. 2010): a layer that computes the
 * gradient of a convolution by its input. Every element of x adds a weighted kernel to y; w has shape [channels, filters / groups, ...kernel].
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
  const each = orEachAxis(rank);
  return {
    filters: filtersField({
      en: `Number of output channels. Halve it where the ${sample.en} is doubled.`,
      ko: `출력 채널의 수. ${sample.ko} 크기가 두 배가 되는 곳에서 절반으로 하세요.`,
    }),
    kernel: perAxis(rank, {
      default: 2,
      min: 1,
      title: { en: "Kernel", ko: "커널" },
      description: {
        en: `${rank === 1 ? "Length" : "Side"} of the region that each element is spread over, in ${elements.en}${each.en}. A multiple of the stride covers the output evenly; other sizes leave a checkerboard.`,
        ko: `원소 하나를 펼치는 영역의 ${rank === 1 ? "길이" : "한 변"}(${elements.ko} 단위)${each.ko}. 스트라이드의 배수이면 출력을 고르게 덮고, 아니면 바둑판무늬가 남습니다.`,
      },
    }),
    stride: perAxis(rank, {
      default: 2,
      min: 1,
      title: { en: "Stride", ko: "스트라이드" },
      description: {
        en: `Distance between the positions of neighbouring elements in the output${each.en}. 2 doubles the ${sample.en}; 1 keeps it.`,
        ko: `이웃한 원소가 출력에 놓이는 간격${each.ko}. 2이면 ${sample.ko} 크기가 두 배가 되고, 1이면 그대로입니다.`,
      },
    }),
    padding: paddingField(rank, {
      en: '"valid" cuts nothing. "same" cuts the output to stride times the input. "symmetric" cuts half a window from every side, as PyTorch\'s padding=1 does for a kernel of 3. A number cuts that many from every side. Use "same" unless a certain size is wanted.',
      ko: '"valid"는 아무것도 잘라 내지 않습니다. "same"은 출력이 입력의 스트라이드 배가 되도록 잘라 냅니다. "symmetric"은 커널 3에서 PyTorch의 padding=1처럼 모든 변에서 창의 절반을 잘라 냅니다. 수를 쓰면 모든 변에서 그만큼 잘라 냅니다. 특정한 크기가 필요하지 않으면 "same"을 쓰세요.',
    }),
    outputPadding: perAxis(rank, {
      default: 0,
      min: 0,
      rare: true,
      title: { en: "Output padding", ko: "출력 패딩" },
      description: {
        en: `Lengthens the output at its end by this number of ${elements.en}${each.en}. Use it, smaller than the stride, to restore a size that a strided convolution has rounded down.`,
        ko: `출력의 끝을 이 수만큼 늘립니다(${elements.ko} 단위)${each.ko}. 스트라이드가 있는 합성곱이 내림한 크기를 되돌릴 때 스트라이드보다 작은 값을 쓰세요.`,
      },
    }),
    dilation: perAxis(rank, {
      default: 1,
      min: 1,
      rare: true,
      title: { en: "Dilation", ko: "팽창" },
      description: {
        en: `Distance between neighbouring weights of the kernel${each.en}. Larger values spread further with the same number of weights, and leave gaps.`,
        ko: `커널에서 이웃한 가중치 사이의 간격${each.ko}. 크면 같은 수의 가중치로 더 멀리 펼치지만 틈이 생깁니다.`,
      },
    }),
    groups: groupsField,
    bias: useBias,
    init: convolutionInit.field,
  };
}

/** For a catalog entry with configuration C. */
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
    // Along each axis, an output element is reached by one in `stride` kernel positions.
    const met = kernel.reduce((product, size, axis) => product * Math.max(1, size / at(stride, axis)), 1);
    const perGroup = config.filters / config.groups;
    const fan = { fanIn: (channels / config.groups) * met, fanOut: perGroup * area };
    const shape = [channels, perGroup, ...kernel];
    // The filters of a group use only its own channels.
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
      // PyTorch cuts both ends equally, so an uneven cut is made afterwards.
      const cut = pads.map((amount) => (amount === 0 ? 0 : -amount));
      return inSequence([module(kernel.map(() => 0)), constantPad(rank, cut)], 0, parameters(input, config));
    },
  };
}
