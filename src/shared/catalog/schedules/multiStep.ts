/** Stairs at chosen epochs: f = γ^n with n the milestones m ≤ e, e the whole epochs done. */
import { z } from "zod";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("multiStep"),
  milestones: z.array(z.int().gte(1).lte(1_000_000)).min(1).default([5, 8]).meta({
    title: "Milestones",
    unit: "epochs",
    description:
      "Epochs behind the warm-up after which the learning rate falls; one named twice counts twice. Half and three quarters of the budget are usual: move one to where the loss has stopped falling.",
  }),
  gamma: gammaField({
    default: 0.1,
    search: [0.1, 0.9],
    description: "What the learning rate is multiplied by at each milestone. Nearer to 1 where the milestones are many.",
  }),
});

export const multiStep = {
  summary: "Falls by the same ratio after the epochs that you name.",
  source: "He, Zhang, Ren & Sun 2016, arXiv:1512.03385, section 4.2; PyTorch's MultiStepLR",
  schema,
  factor: (position, { milestones, gamma }) => {
    const epochs = epochsDone(position);
    return gamma ** milestones.filter((milestone) => milestone <= epochs).length;
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[5, 8], gamma=0.1)", every: "epoch" },
    },
    {
      config: { milestones: [15, 3, 15, 9], gamma: 0.3 },
      totalSteps: 120,
      stepsPerEpoch: 6,
      torch: { make: "torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[15, 3, 15, 9], gamma=0.3)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
