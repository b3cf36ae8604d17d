/**
 * Convolution (cross-correlation, as usual in the field) over 1 to 3 spatial axes. In two dimensions y[o, i, j] = b[o] + Σ_c,u,v w[o, c, u, v] ·
 * x[c, i·s + u·d − p, j·s + v·d − p]; w has shape [filters, channels / groups, ...kernel].
 */
import { conv } from "../../graph/functions.ts";
import { integer } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { sampleShapeOf, tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { orEachAxis, paddingField, perAxis, useBias } from "./fields.ts";
import { checkGroups, groupsField } from "./groups.ts";
import { BIASES, HE, type InitConfig, initialization, WEIGHTS, ZEROS } from "./initialization.ts";
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

/** For convolutions, including transposed ones. */
export const convolutionInit = initialization({ weight: { title: WEIGHTS, usual: HE }, bias: { title: BIASES, usual: ZEROS } });

export function filtersField(description: Words) {
  return integer({ default: 32, min: 1, max: 8192, scale: "log", search: [8, 128], title: { en: "Filters", ko: "필터 수" }, description });
}

export function convolutionFields(rank: Rank) {
  const { sample, elements } = spaceWords[rank];
  const each = orEachAxis(rank);
  return {
    filters: filtersField({
      en: `Number of patterns that are detected, one output channel each. Double it where the ${sample.en} is halved.`,
      ko: `찾는 무늬의 수. 무늬마다 출력 채널 하나입니다. ${sample.ko} 크기가 절반이 되는 곳에서 두 배로 하세요.`,
    }),
    kernel: perAxis(rank, {
      default: 3,
      min: 1,
      title: { en: "Kernel", ko: "커널" },
      description: {
        en: `${rank === 1 ? "Length" : "Side"} of the window in ${elements.en}${each.en}. Stacks of 3 cover as much as one large window, with fewer weights.`,
        ko: `창의 ${rank === 1 ? "길이" : "한 변"}(${elements.ko} 단위)${each.ko}. 3을 여러 층 쌓으면 더 적은 가중치로 큰 창만큼 넓게 봅니다.`,
      },
    }),
    stride: perAxis(rank, {
      default: 1,
      min: 1,
      title: { en: "Stride", ko: "스트라이드" },
      description: {
        en: `Step of the window in ${elements.en}${each.en}. 2 halves the ${sample.en}; leave it at 1 where pooling does that.`,
        ko: `창이 움직이는 간격(${elements.ko} 단위)${each.ko}. 2이면 ${sample.ko} 크기가 절반이 됩니다. 풀링이 줄이는 곳에서는 1로 두세요.`,
      },
    }),
    padding: paddingField(rank, {
      en: `"valid" adds nothing. "same" adds zeros so that the size stays the same with stride 1; with a larger stride it adds as few as needed, an odd one at the end, as TensorFlow does. "symmetric" adds half a window on every side, as PyTorch's padding=1 does for a kernel of 3. A number adds that many zeros on every side. Use "same" to stack many layers without shrinking the ${sample.en}.`,
      ko: `"valid"는 아무것도 더하지 않습니다. "same"은 스트라이드 1에서 크기가 그대로이도록 0을 더하며, 스트라이드가 크면 TensorFlow처럼 필요한 만큼만 더하고 남는 하나는 끝에 둡니다. "symmetric"은 커널 3에서 PyTorch의 padding=1처럼 양쪽에 창의 절반을 더합니다. 수를 쓰면 모든 변에 그만큼 0을 더합니다. ${sample.ko} 크기를 줄이지 않고 층을 많이 쌓으려면 "same"을 쓰세요.`,
    }),
    dilation: perAxis(rank, {
      default: 1,
      min: 1,
      rare: true,
      title: { en: "Dilation", ko: "팽창" },
      description: {
        en: `Distance between neighbouring weights of the window${each.en}. Larger values cover more with the same number of weights, and skip the elements between.`,
        ko: `창에서 이웃한 가중치 사이의 간격${each.ko}. 크면 같은 수의 가중치로 더 넓게 보지만 사이의 원소를 건너뜁니다.`,
      },
    }),
    groups: groupsField,
    bias: useBias,
    init: convolutionInit.field,
  };
}

/** For a catalog entry with configuration C. */
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
