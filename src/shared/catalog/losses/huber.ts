/**
 * Huber loss: e²/2 for errors |e| up to δ and δ (|e| − δ/2) beyond, mean over the batch and the target values (Huber 1964, equation 1). Computed with
 * c = min(|e|, δ) as c (|e| − c/2), which covers both cases.
 */
import { z } from "zod";
import { abs, min, mul, reduceMean, sub } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({
  type: z.literal("huber"),
  delta: real({
    default: 1,
    above: 0,
    max: 1e6,
    scale: "log",
    search: [0.01, 10],
    title: { en: "δ", ko: "δ" },
    description: {
      en: "Errors up to this size count squared, larger ones linearly. Set it to the largest error that is not an outlier, in standard deviations of the target where targets are standardized, otherwise in the target's unit.",
      ko: "이 크기까지의 오차는 제곱으로, 더 큰 오차는 비례로 셉니다. 이상치가 아닌 가장 큰 오차로 정하세요. 목표값을 표준화하면 목표값의 표준편차, 아니면 목표값의 단위입니다.",
    },
  }),
});

export const huber = {
  title: { en: "Huber loss", ko: "후버 손실" },
  summary: {
    en: "For numbers: quadratic near the target and linear far from it, so that outliers do not dominate.",
    ko: "수를 예측할 때 씁니다. 목표값 가까이에서는 제곱, 멀리서는 비례라서 이상치에 휘둘리지 않습니다.",
  },
  source: "Huber 1964, equation 1",
  task: "regression",
  schema,
  width: (values) => values,
  // Also for large errors, because δ has the unit of the target.
  unit: () => "squaredTarget",
  misfits: () => [],
  forward: ({ output, target, config }) => {
    const size = abs(sub(output, target));
    const near = min(size, config.delta);
    return reduceMean(mul(near, sub(size, mul(near, 0.5))), [0, 1]);
  },
  samples: [
    { config: {}, classes: 1 },
    { config: { delta: 0.3 }, classes: 2 },
  ],
  torch: ({ delta }) => ({ make: `lambda output, target: F.huber_loss(output, target, delta=${delta})` }),
} satisfies LossDefinition<z.output<typeof schema>>;
