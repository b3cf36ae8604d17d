/** The maximum over each window of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { maxPooling, poolingFields } from "./pooling.ts";

const schema = z.strictObject({ type: z.literal("maxPool3d"), name: layerName, ...poolingFields(3) });

export const maxPool3d = {
  title: { en: "3-D max pooling", ko: "3차원 최대 풀링" },
  summary: {
    en: "Keeps the largest value of each window: smaller volumes, robust to small shifts.",
    ko: "창마다 가장 큰 값을 남깁니다. 부피 데이터가 작아지고 작은 이동에 강해집니다.",
  },
  schema,
  ...maxPooling<z.output<typeof schema>>(3),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 2, 4, 2] },
    { config: { padding: "same" }, input: [1, 4, 2, 4] },
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
