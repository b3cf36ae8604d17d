/** One number everywhere. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("constant"),
  value: real({
    default: 0,
    min: -1e6,
    max: 1e6,
    step: 0.01,
    title: "Value",
    description: "Of every element. For biases: a little above 0 lets every ReLU pass something at first. Equal weights would make all units of a layer alike.",
  }),
});

export const constant = {
  summary: "The same number everywhere: for biases.",
  source: "PyTorch, torch.nn.init.constant_",
  schema,
  values:
    ({ value }) =>
    () =>
      value,
  torch: ({ value }) => `nn.init.constant_(weight, ${value})`,
  samples: [{}, { value: 0.05 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
