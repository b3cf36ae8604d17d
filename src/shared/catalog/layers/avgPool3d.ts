/** The mean over each window of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { averagePooling, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("avgPool3d"), name: layerName, ...poolingFields(3) });

export const avgPool3d = {
  title: { en: "3-D average pooling", ko: "3차원 평균 풀링" },
  summary: { en: "Replaces each window by its mean: smaller, smoother volumes.", ko: "창마다 평균으로 바꿉니다. 부피 데이터가 작고 매끄러워집니다." },
  schema,
  ...averagePooling<z.output<typeof schema>>(3),
  samples: [
    { config: {}, input: [2, 2, 4, 2] },
    { config: { padding: "same" }, input: [1, 4, 2, 4] },
    { config: { padding: "same", kernel: 3 }, input: [1, 3, 1, 3] },
    { config: { padding: "same", kernel: [2, 3, 1], stride: 1 }, input: [1, 3, 3, 2] },
    { config: { kernel: [1, 2, 3], stride: [1, 2, 1], padding: [0, 1, 1] }, input: [2, 2, 3, 3] },
  ],
  misfits: [
    { config: {}, input: [2, 8, 8], field: "" },
    { config: { kernel: [5, 1, 1] }, input: [2, 4, 8, 8], field: "kernel" },
    { config: { padding: [0, 0, 2] }, input: [2, 8, 8, 8], field: "padding" },
    { config: { padding: "same" }, input: [2, 7, 8, 8], field: "padding" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
