/** Mean over the batch and the target's values of |y − t|. */
import { z } from "zod";
import { abs, reduceMean, sub } from "../../graph/functions.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({ type: z.literal("meanAbsoluteError") });

export const meanAbsoluteError = {
  title: { en: "Mean absolute error", ko: "평균 절대 오차" },
  summary: {
    en: "For numbers: the absolute distance to the target; outliers have no greater pull than other samples.",
    ko: "수를 예측할 때 씁니다. 목표값과의 절대 거리이며, 이상치가 다른 표본보다 더 세게 끌지 않습니다.",
  },
  source: "Goodfellow, Bengio & Courville 2016, section 6.2.1.2",
  task: "regression",
  schema,
  width: (values) => values,
  unit: () => "target",
  misfits: () => [],
  forward: ({ output, target }) => reduceMean(abs(sub(output, target)), [0, 1]),
  samples: [
    { config: {}, classes: 1 },
    { config: {}, classes: 2 },
  ],
  torch: () => ({ make: "lambda output, target: F.l1_loss(output, target)" }),
} satisfies LossDefinition<z.output<typeof schema>>;
