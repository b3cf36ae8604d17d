/** Zero everywhere. */
import { z } from "zod";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("zeros") });

export const zeros = {
  title: { en: "Zeros", ko: "0" },
  summary: {
    en: "Zero everywhere: for biases, and for a last layer whose first outputs are then all equal.",
    ko: "모두 0입니다. 편향과, 첫 출력이 모두 같아도 되는 마지막 층에 씁니다.",
  },
  source: "PyTorch, torch.nn.init.zeros_",
  schema,
  values: () => () => 0,
  torch: () => "nn.init.zeros_(weight)",
  samples: [{}],
} satisfies InitializerDefinition<z.output<typeof schema>>;
