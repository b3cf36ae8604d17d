/** A small network in the style of VGG: pairs of 3×3 convolutions, with more filters as the image becomes smaller. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const block = (filters: number): readonly PresetLayer[] =>
  [1, 2].flatMap(() => [{ type: "conv2d", filters, padding: "same", bias: false }, { type: "batchNorm" }, { type: "relu" }]);

export const vgg: PresetDefinition = {
  title: { en: "VGG-like", ko: "VGG 방식" },
  summary: {
    en: "Stacks of 3×3 convolutions with pooling between: a strong plain network for small images.",
    ko: "3×3 합성곱을 쌓고 사이에 풀링을 둡니다. 작은 이미지에 강한 단순한 신경망입니다.",
  },
  source: "Simonyan & Zisserman 2015, arXiv:1409.1556, section 2; with batch normalization and global pooling",
  rank: 3,
  side: 8,
  layers: (_, outputs) => [
    ...block(32),
    { type: "maxPool2d" },
    ...block(64),
    { type: "maxPool2d" },
    ...block(128),
    { type: "globalAvgPool2d" },
    { type: "dropout", rate: 0.3 },
    { type: "dense", units: outputs },
  ],
};
