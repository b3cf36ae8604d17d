/** The mean of each channel of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalAveragePooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalAvgPool1d"), name: layerName });

export const globalAvgPool1d = {
  title: { en: "1-D global average pooling", ko: "1차원 전역 평균 풀링" },
  summary: {
    en: "One number per channel: its mean over the whole sequence. Replaces flatten and its many weights.",
    ko: "채널마다 시퀀스 전체의 평균 하나. 평탄화와 그 많은 가중치를 대신합니다.",
  },
  source: "Lin et al. 2014, arXiv:1312.4400, section 3.2",
  schema,
  ...globalAveragePooling<z.output<typeof schema>>(1),
  samples: [
    { config: {}, input: [2, 5] },
    { config: {}, input: [4, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
