/** Zero everywhere. */
import { z } from "zod";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("zeros") });

export const zeros = {
  summary: "Zero everywhere: for biases, and for the last layer, whose first outputs then are all alike.",
  source: "PyTorch, torch.nn.init.zeros_",
  schema,
  values: () => () => 0,
  torch: () => "nn.init.zeros_(weight)",
  samples: [{}],
} satisfies InitializerDefinition<z.output<typeof schema>>;
