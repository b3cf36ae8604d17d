/** The maximum over each window of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { maxPooling, poolingCases, poolingFields } from "./pooling.ts";

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
  ...poolingCases[1],
} satisfies LayerDefinition<z.output<typeof schema>>;
