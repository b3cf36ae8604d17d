/** One-dimensional convolution, over the length of sequences [C, L]. */
import { z } from "zod";
import { convolution, convolutionFields } from "./convolution.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("conv1d"), name: layerName, ...convolutionFields(1) });

export const conv1d = {
  title: { en: "1-D convolution", ko: "1차원 합성곱" },
  summary: { en: "Slides small learned filters along a sequence.", ko: "학습한 작은 필터를 시퀀스를 따라 움직입니다." },
  schema,
  ...convolution<z.output<typeof schema>>(1),
  samples: [
    { config: {}, input: [1, 5] },
    { config: { filters: 2, padding: "same" }, input: [2, 6] },
    { config: { filters: 2, padding: "same", stride: 2 }, input: [2, 6] },
    { config: { filters: 2, padding: "same", kernel: 4, dilation: 3 }, input: [2, 6] },
    { config: { filters: 2, kernel: 2, stride: 3, padding: 1, bias: false }, input: [2, 7] },
    { config: { filters: 2, padding: "symmetric", stride: 2 }, input: [2, 6] },
    { config: { filters: 4, groups: 2 }, input: [6, 5] },
  ],
  misfits: [
    { config: {}, input: [64], field: "" },
    { config: { kernel: 9 }, input: [1, 8], field: "kernel" },
    { config: { kernel: 4, stride: 2, padding: "same" }, input: [1, 8], field: "padding" },
    { config: { groups: 4 }, input: [6, 8], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
