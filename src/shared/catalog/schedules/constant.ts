/** A constant learning rate: f(t) = 1. */
import { z } from "zod";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({ type: z.literal("constant") });

export const constant = {
  title: { en: "Constant", ko: "일정" },
  summary: { en: "The same learning rate from the first step to the last.", ko: "첫 스텝부터 마지막 스텝까지 같은 학습률입니다." },
  source: "Bottou, Curtis & Nocedal 2018, arXiv:1606.04838, theorem 4.6 (fixed stepsize)",
  schema,
  factor: () => 1,
  samples: [{ config: {}, totalSteps: 100, stepsPerEpoch: 10, torch: { make: "torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)", every: "step" } }],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
