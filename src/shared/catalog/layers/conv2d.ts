/** Two-dimensional convolution, over the height and width of images [C, H, W]. */
import { z } from "zod";
import { convolution, convolutionFields } from "./convolution.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("conv2d"), name: layerName, ...convolutionFields(2) });

export const conv2d = {
  title: { en: "2-D convolution", ko: "2차원 합성곱" },
  summary: { en: "Slides small learned filters over an image.", ko: "학습한 작은 필터를 이미지 위에서 움직입니다." },
  schema,
  ...convolution<z.output<typeof schema>>(2),
  samples: [
    { config: {}, input: [1, 4, 4] },
    { config: { filters: 2, padding: "same" }, input: [2, 5, 6] },
    { config: { filters: 2, padding: "same", stride: 2 }, input: [2, 5, 6] },
    { config: { filters: 2, padding: "same", kernel: 4 }, input: [2, 5, 6] },
    { config: { filters: 2, padding: "symmetric", stride: 2 }, input: [2, 5, 6] },
    { config: { filters: 2, padding: "symmetric", kernel: [4, 3], stride: 2, dilation: [1, 2] }, input: [2, 8, 6] },
    { config: { filters: 2, kernel: [1, 2], stride: [2, 1], padding: [0, 1], dilation: [1, 2] }, input: [2, 5, 6] },
    { config: { filters: 3, kernel: 2, dilation: 3, bias: false }, input: [2, 5, 6] },
    { config: { filters: 4, groups: 2 }, input: [2, 4, 4] },
    { config: { filters: 6, groups: 3, padding: 1, stride: 2 }, input: [3, 4, 4] },
  ],
  misfits: [
    { config: {}, input: [64], field: "" },
    { config: { kernel: 9 }, input: [1, 8, 8], field: "kernel" },
    { config: { dilation: 4 }, input: [1, 8, 8], field: "kernel" },
    { config: { kernel: 2, stride: [1, 2], padding: "same" }, input: [1, 8, 8], field: "padding" },
    { config: { kernel: 4, stride: 4, padding: "same" }, input: [1, 8, 8], field: "padding" },
    { config: { groups: 3 }, input: [3, 8, 8], field: "groups" },
    { config: { groups: 2 }, input: [3, 8, 8], field: "groups" },
    { config: { groups: 8192 }, input: [3, 8, 8], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
