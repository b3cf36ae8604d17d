/**
 * Normal without its tails: what falls more than two standard deviations from the mean is drawn again, as TensorFlow's `truncated_normal` does. The
 * standard deviation is that of the whole normal; what is left has 0.88 of it.
 */
import { z } from "zod";
import { deviationField, meanField, truncatedNormal as within } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("truncatedNormal"),
  mean: meanField,
  std: deviationField("Of the normal before its tails are cut off at two of it, as in TensorFlow: what is left spreads 0.88 times as far."),
});

export const truncatedNormal = {
  summary: "Normal without its tails: nothing farther than two standard deviations from the mean, as in TensorFlow.",
  source: "TensorFlow, tf.random.truncated_normal",
  schema,
  values:
    ({ mean, std }, { stream, size }) =>
    (element) =>
      mean + std * within(stream, size, element),
  torch: ({ mean, std }) => `nn.init.trunc_normal_(weight, mean=${mean}, std=${std}, a=${mean - 2 * std}, b=${mean + 2 * std})`,
  samples: [{}, { mean: 0.1, std: 0.02 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
