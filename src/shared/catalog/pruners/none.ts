/** No pruning: every trial trains to its end. */
import { z } from "zod";
import type { PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({ type: z.literal("none") });

export const none = {
  title: { en: "None", ko: "없음" },
  summary: { en: "Every trial trains to its end.", ko: "모든 시행을 끝까지 학습합니다." },
  source: "—",
  schema,
  over: "epochs",
  prunes: () => false,
  samples: [{}],
} satisfies PrunerDefinition<z.output<typeof schema>>;
