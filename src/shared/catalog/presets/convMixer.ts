/** A small ConvMixer: patches, then depthwise convolutions that mix positions and 1×1 convolutions that mix channels. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const [WIDTH, DEPTH, KERNEL] = [64, 4, 5];
const after: readonly PresetLayer[] = [{ type: "gelu" }, { type: "batchNorm" }];

export const convMixer: PresetDefinition = {
  title: { en: "ConvMixer", ko: "ConvMixer" },
  summary: {
    en: "Mixes patches by depthwise and pointwise convolutions: the idea of vision transformers without attention.",
    ko: "깊이별 합성곱과 점별 합성곱으로 패치를 섞습니다. 어텐션 없는 비전 트랜스포머의 생각입니다.",
  },
  source: "Trockman & Kolter 2022, arXiv:2201.09792, section 2; width 64, depth 4, kernel 5",
  rank: 3,
  side: 8,
  layers: (input, outputs) => {
    const patch = Math.min(...input.slice(1)) >= 32 ? 4 : 2;
    return [
      { type: "conv2d", filters: WIDTH, kernel: patch, stride: patch },
      ...after,
      ...Array.from({ length: DEPTH }, () => [
        { type: "residual", layers: [{ type: "conv2d", filters: WIDTH, kernel: KERNEL, padding: "same", groups: WIDTH }, ...after], shortcut: [] },
        { type: "conv2d", filters: WIDTH, kernel: 1 },
        ...after,
      ]).flat(),
      { type: "globalAvgPool2d" },
      { type: "dense", units: outputs },
    ];
  },
};
