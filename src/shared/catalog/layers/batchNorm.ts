/**
 * Batch normalization (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1): each channel is normalized to mean 0 and variance 1 over the batch and
 * the spatial axes, then scaled and shifted: y = γ (x − μ) / √(σ² + ε) + β. Evaluation uses running statistics; the running variance is the unbiased
 * one, as in PyTorch.
 */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { sizeOf, staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import { normalizeByBatch, normalizeByRunning } from "../common/normalization.ts";
import { tensorOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";
import { affineInit, channelParameters, epsilonField } from "./normalized.ts";

const schema = z.strictObject({
  type: z.literal("batchNorm"),
  name: layerName,
  momentum: real({
    default: 0.1,
    above: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.3],
    rare: true,
    title: { en: "Momentum", ko: "모멘텀" },
    description: {
      en: "Weight of the newest batch in the running statistics that evaluation uses. Lower it where batches are small and their statistics noisy.",
      ko: "평가에 쓰는 이동 통계에서 가장 새로운 배치의 비중. 배치가 작아 통계가 불안정하면 낮추세요.",
    },
  }),
  epsilon: epsilonField(1e-5),
  init: affineInit.field,
});

/** The number of spatial axes of [F], [C, L], [C, H, W] or [C, D, H, W], as in the names of PyTorch's modules. */
function rankOf(input: SampleShape): number {
  if (input.length >= 1 && input.length <= 4) return Math.max(1, input.length - 1);
  throw new LayerMisfit(
    "",
    say`needs rows of features, or signals, images or volumes with channels first`,
    say`samples of shape [${input.join(", ")}]`,
    say`Put a reshape or a flatten layer in front.`,
  );
}

export const batchNorm = {
  title: { en: "Batch normalization", ko: "배치 정규화" },
  summary: {
    en: "Normalizes every channel to mean 0 and variance 1 over the batch: deep networks train faster and tolerate larger steps.",
    ko: "배치에서 채널마다 평균 0, 분산 1로 정규화합니다. 깊은 신경망이 빨리 학습하고 큰 스텝도 견딥니다.",
  },
  source: "Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1",
  schema,
  outputShape: (input) => {
    rankOf(input);
    return input;
  },
  parameters: (input, config) => channelParameters(input, config),
  buffers: (input, { momentum }) => [
    { name: "runningMean", shape: [at(input, 0)], initial: 0, momentum },
    { name: "runningVariance", shape: [at(input, 0)], initial: 1, momentum },
  ],
  usesBatchStatistics: true,
  forward: ({ x, parameters, buffers, config, training, observe }) => {
    const [scale, shift] = [tensorOf(parameters, "scale"), tensorOf(parameters, "shift")];
    if (!training) return normalizeByRunning(x, scale, shift, tensorOf(buffers, "runningMean"), tensorOf(buffers, "runningVariance"), config.epsilon);
    const { y, mean, variance } = normalizeByBatch(x, scale, shift, config.epsilon);
    const count = sizeOf(x.shape) / at(staticShape(x.shape), 1);
    observe("runningMean", mean);
    observe("runningVariance", mul(variance, count / Math.max(1, count - 1)));
    return y;
  },
  samples: [
    { config: {}, input: [3] },
    { config: {}, input: [2, 5] },
    { config: { momentum: 0.3, epsilon: 0.01 }, input: [3, 4, 3] },
    { config: {}, input: [2, 2, 3, 2] },
  ],
  misfits: [{ config: {}, input: [2, 2, 2, 2, 2], field: "" }],
  torch: (input, { momentum, epsilon }) => ({
    make: `nn.BatchNorm${rankOf(input)}d(${at(input, 0)}, eps=${epsilon}, momentum=${momentum})`,
    tensors: { scale: { path: "weight" }, shift: { path: "bias" }, runningMean: { path: "running_mean" }, runningVariance: { path: "running_var" } },
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;
