/** The maximum of each channel of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalMaxPooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalMaxPool3d"), name: layerName });

export const globalMaxPool3d = {
  title: { en: "3-D global max pooling", ko: "3차원 전역 최대 풀링" },
  summary: {
    en: "One number per channel: its maximum over the whole volume. Tells whether a pattern occurs anywhere in it.",
    ko: "채널마다 부피 전체의 최댓값 하나. 무늬가 어디엔가 있는지를 알려 줍니다.",
  },
  schema,
  ...globalMaxPooling<z.output<typeof schema>>(3),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 2, 3, 4] },
    { config: {}, input: [4, 1, 1, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
