/** A convolutional network for signals. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const block = (filters: number): readonly PresetLayer[] => [
  { type: "conv1d", filters, kernel: 5, padding: "same", bias: false },
  { type: "batchNorm" },
  { type: "relu" },
];

export const cnn1d: PresetDefinition = {
  title: "1-D CNN",
  summary: "Three convolutions along time, for signals and sequences of measurements.",
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
