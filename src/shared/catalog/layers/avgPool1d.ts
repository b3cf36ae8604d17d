/** The mean over each window of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { averagePooling, poolingCases, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("avgPool1d"), name: layerName, ...poolingFields(1) });

export const avgPool1d = {
  title: { en: "1-D average pooling", ko: "1차원 평균 풀링" },
  summary: { en: "Replaces each window by its mean: shorter, smoother sequences.", ko: "창마다 평균으로 바꿉니다. 시퀀스가 짧고 매끄러워집니다." },
  schema,
  ...averagePooling<z.output<typeof schema>>(1),
  ...poolingCases[1],
} satisfies LayerDefinition<z.output<typeof schema>>;
