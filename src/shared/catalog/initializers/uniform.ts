/** Uniform between two bounds. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { InitializerDefinition } from "./initializer.ts";

const bound = (standard: number, title: string, description: string) => real({ default: standard, min: -1000, max: 1000, step: 0.01, title, description });

const schema = z.strictObject({
  type: z.literal("uniform"),
  low: bound(-0.05, "From", "One end of the interval. Keep it opposite to the other end for weights, so that their mean is 0."),
  high: bound(0.05, "To", "The other end of the interval. Wider makes larger signals."),
});

export const uniform = {
  summary: "Uniform between two bounds of your own.",
  source: "PyTorch, torch.nn.init.uniform_",
  schema,
  values:
    ({ low, high }, { stream }) =>
    (element) =>
      low + (high - low) * stream.uniform(element),
  torch: ({ low, high }) => `nn.init.uniform_(weight, ${low}, ${high})`,
  samples: [{}, { low: 0, high: 2 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
