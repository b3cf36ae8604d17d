/** The maximum over each window of images [C, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { maxPooling, poolingFields } from "./pooling.ts";

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
  samples: [
    { config: {}, input: [2, 4, 4] },
    { config: {}, input: [2, 5, 6] },
    { config: { padding: "same" }, input: [2, 4, 6] },
    { config: { padding: "same", kernel: 3 }, input: [1, 5, 7] },
    { config: { padding: "same" }, input: [2, 1, 4] },
    { config: { padding: "same", kernel: [2, 3], stride: 1 }, input: [2, 4, 3] },
    { config: { kernel: 3, stride: 1, padding: 1 }, input: [2, 5, 6] },
    { config: { kernel: 3, padding: "symmetric" }, input: [2, 8, 6] },
    { config: { kernel: 3, stride: [2, 3], padding: [2, 0] }, input: [2, 4, 5] },
    { config: { kernel: [2, 3], stride: [1, 2] }, input: [2, 5, 6] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: { kernel: 5 }, input: [2, 4, 8], field: "kernel" },
    { config: { kernel: [1, 9] }, input: [2, 8, 8], field: "kernel" },
    { config: { padding: 2 }, input: [2, 8, 8], field: "padding" },
    { config: { padding: [0, 2] }, input: [2, 8, 8], field: "padding" },
    { config: { padding: "same" }, input: [2, 8, 7], field: "padding" },
    { config: { padding: "same", kernel: 3 }, input: [2, 8, 8], field: "padding" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
