/** Three-dimensional convolution, over the depth, height and width of volumes [C, D, H, W]. */
import { z } from "zod";
import { convolution, convolutionFields } from "./convolution.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("conv3d"), name: layerName, ...convolutionFields(3) });

export const conv3d = {
  title: { en: "3-D convolution", ko: "3차원 합성곱" },
  summary: { en: "Slides small learned filters through a volume.", ko: "학습한 작은 필터를 부피 데이터 안에서 움직입니다." },
  schema,
  ...convolution<z.output<typeof schema>>(3),
  samples: [
    { config: {}, input: [1, 3, 3, 4] },
    { config: { filters: 2, padding: "same", stride: 2 }, input: [2, 4, 3, 2] },
    { config: { filters: 2, padding: "same", kernel: [2, 3, 1] }, input: [1, 3, 3, 2] },
    { config: { filters: 2, kernel: [1, 2, 2], stride: [1, 2, 1], padding: [0, 1, 0], dilation: [1, 1, 2], bias: false }, input: [2, 2, 3, 4] },
    { config: { filters: 4, groups: 2, kernel: 2 }, input: [2, 3, 2, 3] },
  ],
  misfits: [
    { config: {}, input: [1, 8, 8], field: "" },
    { config: { kernel: [4, 1, 1] }, input: [1, 3, 8, 8], field: "kernel" },
    { config: { kernel: [2, 3, 3], stride: 2, padding: "same" }, input: [1, 8, 8, 8], field: "padding" },
    { config: { groups: 3 }, input: [3, 8, 8, 8], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
