/** A convolutional network for volumes. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const block = (filters: number): readonly PresetLayer[] => [
  { type: "conv3d", filters, kernel: 3, padding: "same", bias: false },
  { type: "batchNorm" },
  { type: "relu" },
];

export const cnn3d: PresetDefinition = {
  title: { en: "3-D CNN", ko: "3차원 CNN" },
  summary: {
    en: "Convolutions through height, width and depth, for volumes of voxels.",
    ko: "높이, 너비, 깊이 방향의 합성곱입니다. 복셀로 된 부피 데이터에 알맞습니다.",
  },
  source: "Tran et al. 2015, arXiv:1412.0767, section 3",
  rank: 4,
  side: 4,
  layers: (_, outputs) => [
    ...block(16),
    { type: "maxPool3d" },
    ...block(32),
    { type: "maxPool3d" },
    ...block(32),
    { type: "globalAvgPool3d" },
    { type: "dense", units: outputs },
  ],
};
