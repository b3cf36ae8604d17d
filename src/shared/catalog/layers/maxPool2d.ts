/** The maximum over each window of images [C, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { maxPooling, poolingCases, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("maxPool2d"), name: layerName, ...poolingFields(2) });

export const maxPool2d = {
  title: { en: "2-D max pooling", ko: "2차원 최대 풀링" },
  summary: {
    en: "Keeps the largest value of each window: smaller images, robust to small shifts.",
    ko: "창마다 가장 큰 값을 남깁니다. 이미지가 작아지고 작은 이동에 강해집니다.",
  },
  schema,
  ...maxPooling<z.output<typeof schema>>(2),
  selectsMaxima: true,
  ...poolingCases[2],
} satisfies LayerDefinition<z.output<typeof schema>>;
