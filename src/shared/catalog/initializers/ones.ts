/** One everywhere. */
import { z } from "zod";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("ones") });

export const ones = {
  summary: "One everywhere: for the scale of a normalization.",
  source: "PyTorch, torch.nn.init.ones_",
  schema,
  values: () => () => 1,
  torch: () => "nn.init.ones_(weight)",
  samples: [{}],
} satisfies InitializerDefinition<z.output<typeof schema>>;
