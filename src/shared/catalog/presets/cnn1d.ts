/** A convolutional network for signals. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const block = (filters: number): readonly PresetLayer[] => [
  { type: "conv1d", filters, kernel: 5, padding: "same", bias: false },
  { type: "batchNorm" },
  { type: "relu" },
];

export const cnn1d: PresetDefinition = {
  title: { en: "1-D CNN", ko: "1차원 CNN" },
  summary: {
    en: "Three convolutions along time, for signals and sequences of measurements.",
    ko: "시간 방향의 합성곱 세 개입니다. 신호와 측정값의 시퀀스에 알맞습니다.",
  },
  source: "Wang, Yan & Oates 2017, arXiv:1611.06455, section II.B",
  rank: 2,
  side: 8,
  layers: (_, outputs) => [
    ...block(32),
    { type: "maxPool1d" },
    ...block(64),
    { type: "maxPool1d" },
    ...block(64),
    { type: "globalAvgPool1d" },
    { type: "dense", units: outputs },
  ],
};
