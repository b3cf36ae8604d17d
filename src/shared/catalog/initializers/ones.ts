/** One everywhere. */
import { z } from "zod";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("ones") });

export const ones = {
  title: { en: "Ones", ko: "1" },
  summary: { en: "One everywhere: for the scale of a normalization.", ko: "모두 1입니다. 정규화의 배율에 씁니다." },
  source: "PyTorch, torch.nn.init.ones_",
  schema,
  values: () => () => 1,
  torch: () => "nn.init.ones_(weight)",
  samples: [{}],
} satisfies InitializerDefinition<z.output<typeof schema>>;
