/** Three-dimensional transposed convolution, over the depth, height and width of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { transposedConvolution, transposedConvolutionFields } from "./transposedConvolution.ts";

const schema = z.strictObject({ type: z.literal("convTranspose3d"), name: layerName, ...transposedConvolutionFields(3) });

export const convTranspose3d = {
  title: { en: "3-D transposed convolution", ko: "3차원 전치 합성곱" },
  summary: {
    en: "Enlarges a volume: every element is spread over a small learned pattern.",
    ko: "부피 데이터를 키웁니다. 원소마다 학습한 작은 무늬로 펼칩니다.",
  },
  source: "Dumoulin & Visin 2016, arXiv:1603.07285, section 4",
  schema,
  ...transposedConvolution<z.output<typeof schema>>(3),
  samples: [
    { config: {}, input: [1, 2, 2, 1] },
    { config: { filters: 2, kernel: [2, 4, 2], padding: "same" }, input: [1, 2, 2, 2] },
    { config: { filters: 2, kernel: [2, 1, 3], stride: 1, padding: "same", bias: false }, input: [2, 2, 2, 2] },
    { config: { filters: 2, kernel: [1, 3, 2], stride: [1, 2, 2], padding: [0, 1, 0], outputPadding: [0, 1, 0], dilation: [1, 1, 2] }, input: [2, 2, 2, 2] },
    { config: { filters: 4, groups: 2 }, input: [4, 1, 2, 2] },
  ],
  misfits: [
    { config: {}, input: [1, 8, 8], field: "" },
    { config: { kernel: 3, padding: "same" }, input: [1, 4, 4, 4], field: "padding" },
    { config: { padding: 4 }, input: [1, 4, 4, 4], field: "padding" },
    { config: { outputPadding: 2 }, input: [1, 4, 4, 4], field: "outputPadding" },
    { config: { groups: 3 }, input: [3, 4, 4, 4], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
