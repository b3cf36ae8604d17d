/**
 * Layer normalization (Ba, Kiros & Hinton 2016, arXiv:1607.06450, equation 3): each sample is normalized to mean 0 and variance 1 over all its
 * values; each value then has its own scale and shift. Equal to PyTorch's nn.LayerNorm(shape of the sample).
 */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
import { say } from "../../kit/say.ts";
import { tensorOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";
import { affineInit, affineParameters, epsilonField, standardized } from "./normalized.ts";

const schema = z.strictObject({ type: z.literal("layerNorm"), name: layerName, epsilon: epsilonField(1e-5), init: affineInit.field });

export const layerNorm = {
  title: { en: "Layer normalization", ko: "층 정규화" },
  summary: {
    en: "Normalizes every sample by itself to mean 0 and variance 1: the same in training and evaluation, whatever the batch.",
    ko: "표본마다 따로 평균 0, 분산 1로 정규화합니다. 배치와 관계없이 학습과 평가에서 같습니다.",
  },
  source: "Ba, Kiros & Hinton 2016, arXiv:1607.06450, equation 3",
  schema,
  outputShape: (input) => {
    if (input.every((size) => size === 1))
      throw new LayerMisfit(
        "",
        say`needs more than one number per sample, because a single number equals its mean`,
        say`samples of shape [${input.join(", ")}]`,
        say`Remove this layer.`,
      );
    return input;
  },
  parameters: (input, config) => affineParameters(input, config),
  forward: ({ x, parameters, config }) => {
    const axes = x.shape.slice(1).map((_, axis) => axis + 1);
    return add(mul(standardized(x, axes, config.epsilon), tensorOf(parameters, "scale")), tensorOf(parameters, "shift"));
  },
  samples: [
    { config: {}, input: [5] },
    { config: { epsilon: 0.01 }, input: [2, 3] },
    { config: {}, input: [2, 3, 2] },
  ],
  misfits: [{ config: {}, input: [1], field: "" }],
  torch: (input, { epsilon }) => ({
    make: `nn.LayerNorm((${input.join(", ")},), eps=${epsilon})`,
    tensors: { scale: { path: "weight" }, shift: { path: "bias" } },
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;
