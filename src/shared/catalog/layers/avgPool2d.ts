/** The mean over each window of images [C, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { averagePooling, poolingCases, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("avgPool2d"), name: layerName, ...poolingFields(2) });

export const avgPool2d = {
  title: { en: "2-D average pooling", ko: "2차원 평균 풀링" },
  summary: { en: "Replaces each window by its mean: smaller, smoother images.", ko: "창마다 평균으로 바꿉니다. 이미지가 작고 매끄러워집니다." },
  schema,
  ...averagePooling<z.output<typeof schema>>(2),
  ...poolingCases[2],
} satisfies LayerDefinition<z.output<typeof schema>>;
