/** The mean of each channel of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalAveragePooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalAvgPool3d"), name: layerName });

export const globalAvgPool3d = {
  title: { en: "3-D global average pooling", ko: "3차원 전역 평균 풀링" },
  summary: {
    en: "One number per channel: its mean over the whole volume. Replaces flatten and its many weights.",
    ko: "채널마다 부피 전체의 평균 하나. 평탄화와 그 많은 가중치를 대신합니다.",
  },
  source: "Lin et al. 2014, arXiv:1312.4400, section 3.2",
  schema,
  ...globalAveragePooling<z.output<typeof schema>>(3),
  samples: [
    { config: {}, input: [2, 2, 3, 4] },
    { config: {}, input: [4, 1, 1, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
