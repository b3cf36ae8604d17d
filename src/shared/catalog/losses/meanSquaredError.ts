/** Mean over the batch and the target's values of (y − t)². */
import { z } from "zod";
import { mul, reduceMean, sub } from "../../graph/functions.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({ type: z.literal("meanSquaredError") });

export const meanSquaredError = {
  summary: "For numbers: the squared distance to the target, so that large errors weigh most.",
  source: "Goodfellow, Bengio & Courville 2016, section 5.1.4",
  task: "regression",
  schema,
  forward: ({ output, target }) => {
    const error = sub(output, target);
    return reduceMean(mul(error, error), [0, 1]);
  },
} satisfies LossDefinition<z.output<typeof schema>>;
