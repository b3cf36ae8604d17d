/** Stairs of equal length: f = γ^⌊e / E⌋ with e the whole epochs done. */
import { z } from "zod";
import { integer } from "../../kit/schema.ts";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("step"),
  every: integer({
    default: 5,
    min: 1,
    max: 1_000_000,
    search: [1, 50],
    title: "Every",
    unit: "epochs",
    description: "Epochs between two falls of the learning rate, counted behind the warm-up. A third of the budget gives two falls.",
  }),
  gamma: gammaField({
    default: 0.1,
    search: [0.1, 0.9],
    description: "What the learning rate is multiplied by at each fall. Nearer to 1 where the falls are many.",
  }),
});

export const step = {
  summary: "Falls by the same ratio every few epochs.",
  source: "Ge, Kakade, Kidambi & Netrapalli 2019, arXiv:1904.12838 (step decay); PyTorch's StepLR",
  schema,
  factor: (position, { every, gamma }) => gamma ** Math.floor(epochsDone(position) / every),
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 4,
      torch: { make: "torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.1)", every: "epoch" },
    },
    {
      config: { every: 3, gamma: 0.5 },
      totalSteps: 100,
      stepsPerEpoch: 7,
      torch: { make: "torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
