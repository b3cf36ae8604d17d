/** f = γ^e with e the epochs done: whole ones, or with their fractions where smooth. */
import { z } from "zod";
import { flag } from "../../kit/schema.ts";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("exponential"),
  gamma: gammaField({
    default: 0.9,
    search: [0.7, 0.99],
    description: "What is left of the learning rate after an epoch. On long runs choose it nearer to 1: the rate at the end is γ to the number of epochs.",
  }),
  smooth: flag({
    default: true,
    title: "Smooth",
    description: "Fall a little at every step instead of once an epoch. Turn off to compare epochs at one rate each.",
  }),
});

export const exponential = {
  summary: "Loses the same share every epoch.",
  source: "Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2016, arXiv:1512.00567, section 8; PyTorch's ExponentialLR",
  schema,
  factor: (position, { gamma, smooth }) => gamma ** (smooth ? position.step / position.stepsPerEpoch : epochsDone(position)),
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 8,
      torch: { make: "torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9 ** (1 / 8))", every: "step" },
    },
    {
      config: { gamma: 0.7, smooth: false },
      totalSteps: 100,
      stepsPerEpoch: 6,
      torch: { make: "torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.7)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
