/** Two-dimensional transposed convolution, over the height and width of images [C, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { transposedConvolution, transposedConvolutionFields } from "./transposedConvolution.ts";

const schema = z.strictObject({ type: z.literal("convTranspose2d"), name: layerName, ...transposedConvolutionFields(2) });

export const convTranspose2d = {
  title: { en: "2-D transposed convolution", ko: "2차원 전치 합성곱" },
  summary: { en: "Enlarges an image: every element is spread over a small learned pattern.", ko: "이미지를 키웁니다. 원소마다 학습한 작은 무늬로 펼칩니다." },
  source: "Dumoulin & Visin 2016, arXiv:1603.07285, section 4",
  schema,
  ...transposedConvolution<z.output<typeof schema>>(2),
  samples: [
    { config: {}, input: [2, 2, 3] },
    { config: { filters: 2, kernel: 4, padding: "same" }, input: [2, 3, 2] },
    { config: { filters: 2, kernel: [2, 3], stride: 1, padding: "same" }, input: [2, 3, 4] },
    { config: { filters: 2, kernel: 1, stride: 3, padding: "same" }, input: [2, 2, 2] },
    { config: { filters: 2, kernel: [3, 2], stride: [2, 3], padding: [1, 0], outputPadding: [1, 2], dilation: [1, 2] }, input: [2, 3, 2] },
    { config: { filters: 4, groups: 2, kernel: 3, padding: 1, bias: false }, input: [6, 2, 3] },
    { config: { filters: 2, kernel: 3, padding: "symmetric", outputPadding: 1 }, input: [2, 2, 3] },
  ],
  misfits: [
    { config: {}, input: [64], field: "" },
    { config: { kernel: [4, 3], padding: "same" }, input: [2, 8, 8], field: "padding" },
    { config: { padding: [0, 8] }, input: [2, 8, 8], field: "padding" },
    { config: { outputPadding: [0, 2] }, input: [2, 8, 8], field: "outputPadding" },
    { config: { outputPadding: 1, padding: "same" }, input: [2, 8, 8], field: "outputPadding" },
    { config: { groups: 5 }, input: [10, 8, 8], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
