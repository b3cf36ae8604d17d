/** Mean over the batch and the target's values of (y − t)². */
import { z } from "zod";
import { mul, reduceMean, sub } from "../../graph/functions.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({ type: z.literal("meanSquaredError") });

export const meanSquaredError = {
  title: { en: "Mean squared error", ko: "평균 제곱 오차" },
  summary: {
    en: "For numbers: the squared distance to the target, so that large errors weigh most.",
    ko: "수를 예측할 때 씁니다. 목표값과의 거리 제곱이므로 큰 오차가 가장 무겁습니다.",
  },
  source: "Goodfellow, Bengio & Courville 2016, section 5.1.4",
  task: "regression",
  schema,
  width: (values) => values,
  unit: () => "squaredTarget",
  misfits: () => [],
  forward: ({ output, target }) => {
    const error = sub(output, target);
    return reduceMean(mul(error, error), [0, 1]);
  },
  samples: [
    { config: {}, classes: 1 },
    { config: {}, classes: 3 },
  ],
  torch: () => ({ make: "lambda output, target: F.mse_loss(output, target)" }),
} satisfies LossDefinition<z.output<typeof schema>>;
