/**
 * Half a cosine, with warm restarts: f = f_min + ½ (1 − f_min) (1 + cos(π T_cur / T_i)), where T_cur are the steps since the last
 * restart and the i-th period is T_i = T_0 · mⁱ steps long.
 */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import { lowestFactor } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("cosine"),
  period: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    search: [0, 50],
    title: "First period",
    unit: "epochs",
    description:
      "Epochs until the learning rate jumps back to the start. 0: one period over the whole run. Set it to visit several valleys in one run, or where the budget may be cut short at a restart.",
  }),
  multiplier: real({
    default: 1,
    min: 1,
    max: 10,
    step: 1,
    search: [1, 2],
    title: "Period multiplier",
    description: "How much longer each period is than the one before. 2 gives short periods early, when little is settled, and long ones late.",
  }),
  minimum: lowestFactor({
    title: "Minimum factor",
    description: "Share of the learning rate that is left at the end of a period. Raise it where the last epochs no longer learn anything.",
  }),
});

export const cosine = {
  summary: "Falls along half a cosine, slowly at both ends, once or with restarts.",
  source: "Loshchilov & Hutter 2017, arXiv:1608.03983, equation 5",
  schema,
  factor: ({ step, totalSteps, stepsPerEpoch }, { period, multiplier, minimum }) => {
    const { done, length } =
      period === 0 ? { done: Math.min(step, totalSteps), length: Math.max(1, totalSteps) } : periodAt(step, period * stepsPerEpoch, multiplier);
    return minimum + ((1 - minimum) * (1 + Math.cos((Math.PI * done) / length))) / 2;
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100)", every: "step" },
    },
    {
      config: { minimum: 0.05 },
      totalSteps: 117,
      stepsPerEpoch: 9,
      torch: { make: 'torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=117, eta_min=0.05 * optimizer.defaults["lr"])', every: "step" },
    },
    {
      config: { period: 3 },
      totalSteps: 100,
      stepsPerEpoch: 7,
      torch: { make: "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=21)", every: "step" },
    },
    {
      config: { period: 1, multiplier: 3, minimum: 0.1 },
      totalSteps: 400,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=3, eta_min=0.1 * optimizer.defaults["lr"])',
        every: "step",
      },
    },
    // PyTorch multiplies by whole numbers only.
    { config: { period: 2, multiplier: 1.5 }, totalSteps: 160, stepsPerEpoch: 10, torch: null },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;

/** The period that a step is in, by the sum of the periods before it: T_0 (mⁿ − 1) / (m − 1). */
function periodAt(step: number, first: number, multiplier: number): { readonly done: number; readonly length: number } {
  // A step on a restart belongs to the new period; rounding must not leave it at the end of the old one.
  const position = (step + 1e-6) / first;
  if (multiplier === 1) return { done: Math.max(0, step - Math.floor(position) * first), length: first };
  const growth = Math.log(multiplier);
  const n = Math.floor(Math.log1p(position * (multiplier - 1)) / growth);
  const start = (first * Math.expm1(n * growth)) / (multiplier - 1);
  return { done: Math.max(0, step - start), length: first * multiplier ** n };
}
