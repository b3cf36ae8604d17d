/** The mean over each window of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { averagePooling, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("avgPool1d"), name: layerName, ...poolingFields(1) });

export const avgPool1d = {
  title: { en: "1-D average pooling", ko: "1차원 평균 풀링" },
  summary: { en: "Replaces each window by its mean: shorter, smoother sequences.", ko: "창마다 평균으로 바꿉니다. 시퀀스가 짧고 매끄러워집니다." },
  schema,
  ...averagePooling<z.output<typeof schema>>(1),
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
