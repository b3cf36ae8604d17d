/** Normal with a mean and a standard deviation. */
import { z } from "zod";
import { deviationField, meanField } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("normal"),
  mean: meanField,
  std: deviationField("How far the draws spread around the mean. 0.01 to 0.05 in older papers; he and glorot choose it by the size of the layer."),
});

export const normal = {
  summary: "Normal with a mean and a standard deviation of your own.",
  source: "PyTorch, torch.nn.init.normal_",
  schema,
  values:
    ({ mean, std }, { stream }) =>
    (element) =>
      mean + std * stream.normal(element),
  torch: ({ mean, std }) => `nn.init.normal_(weight, mean=${mean}, std=${std})`,
  samples: [{}, { mean: 0.5, std: 1 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
