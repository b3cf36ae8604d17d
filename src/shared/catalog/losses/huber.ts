/**
 * Huber loss: e²/2 for errors |e| up to δ and δ (|e| − δ/2) beyond, mean over the batch and the target's values (Huber 1964, equation 1). Written with
 * c = min(|e|, δ): c (|e| − c/2), which is both.
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
    title: "δ",
    description:
      "Errors up to this size count squared, larger ones only by their size. Set it to the largest error that is not an outlier, in standard deviations of the target where targets are standardized, else in the target's unit.",
  }),
});

export const huber = {
  summary: "For numbers: squared near the target, and only proportional far from it, so that outliers do not rule.",
  source: "Huber 1964, equation 1",
  task: "regression",
  schema,
  width: (values) => values,
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
