/** The maximum over each window of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { maxPooling, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("maxPool1d"), name: layerName, ...poolingFields(1) });

export const maxPool1d = {
  title: { en: "1-D max pooling", ko: "1차원 최대 풀링" },
  summary: {
    en: "Keeps the largest value of each window: shorter sequences, robust to small shifts.",
    ko: "창마다 가장 큰 값을 남깁니다. 시퀀스가 짧아지고 작은 이동에 강해집니다.",
  },
  schema,
  ...maxPooling<z.output<typeof schema>>(1),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 6] },
    { config: {}, input: [2, 7] },
    { config: { padding: "same" }, input: [2, 6] },
    { config: { padding: "same", kernel: 4, stride: 1 }, input: [2, 5] },
    { config: { kernel: 3, padding: 2 }, input: [2, 5] },
    { config: { kernel: 2, stride: 3, padding: 1 }, input: [2, 6] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: { kernel: 5 }, input: [2, 4], field: "kernel" },
    { config: { padding: 2 }, input: [2, 8], field: "padding" },
    { config: { padding: "same" }, input: [2, 7], field: "padding" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
