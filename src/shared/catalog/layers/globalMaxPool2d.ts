/** The maximum of each channel of images [C, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalMaxPooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalMaxPool2d"), name: layerName });

export const globalMaxPool2d = {
  title: { en: "2-D global max pooling", ko: "2차원 전역 최대 풀링" },
  summary: {
    en: "One number per channel: its maximum over the whole image. Tells whether a pattern occurs anywhere in it.",
    ko: "채널마다 이미지 전체의 최댓값 하나. 무늬가 어디엔가 있는지를 알려 줍니다.",
  },
  schema,
  ...globalMaxPooling<z.output<typeof schema>>(2),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 5, 6] },
    { config: {}, input: [4, 1, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
