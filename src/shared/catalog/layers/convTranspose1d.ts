/** One-dimensional transposed convolution, over the length of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { transposedConvolution, transposedConvolutionFields } from "./transposedConvolution.ts";

const schema = z.strictObject({ type: z.literal("convTranspose1d"), name: layerName, ...transposedConvolutionFields(1) });

export const convTranspose1d = {
  title: { en: "1-D transposed convolution", ko: "1차원 전치 합성곱" },
  summary: { en: "Enlarges a sequence: every element is spread over a small learned pattern.", ko: "시퀀스를 늘립니다. 원소마다 학습한 작은 무늬로 펼칩니다." },
  source: "Dumoulin & Visin 2016, arXiv:1603.07285, section 4",
  schema,
  ...transposedConvolution<z.output<typeof schema>>(1),
  samples: [
    { config: {}, input: [2, 3] },
    { config: { filters: 2, kernel: 4, padding: "same" }, input: [2, 4] },
    { config: { filters: 2, kernel: 2, stride: 1, padding: "same" }, input: [2, 4] },
    { config: { filters: 2, kernel: 3, padding: 1, outputPadding: 1, bias: false }, input: [3, 4] },
    { config: { filters: 4, kernel: 3, stride: 1, dilation: 2, groups: 2 }, input: [6, 3] },
  ],
  misfits: [
    { config: {}, input: [2, 8, 8], field: "" },
    { config: { kernel: 3, padding: "same" }, input: [2, 8], field: "padding" },
    { config: { padding: 8 }, input: [2, 8], field: "padding" },
    { config: { outputPadding: 2 }, input: [2, 8], field: "outputPadding" },
    { config: { groups: 4 }, input: [6, 8], field: "groups" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
