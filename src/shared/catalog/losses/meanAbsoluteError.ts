/** Mean over the batch and the target's values of |y − t|. */
import { z } from "zod";
import { abs, reduceMean, sub } from "../../graph/functions.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({ type: z.literal("meanAbsoluteError") });

export const meanAbsoluteError = {
  summary: "For numbers: the distance to the target; outliers pull no harder than anything else.",
  source: "Goodfellow, Bengio & Courville 2016, section 6.2.1.2",
  task: "regression",
  schema,
  width: (values) => values,
  misfits: () => [],
  forward: ({ output, target }) => reduceMean(abs(sub(output, target)), [0, 1]),
  samples: [
    { config: {}, classes: 1 },
    { config: {}, classes: 2 },
  ],
  torch: () => ({ make: "lambda output, target: F.l1_loss(output, target)" }),
} satisfies LossDefinition<z.output<typeof schema>>;
