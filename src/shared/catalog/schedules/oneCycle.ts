/**
 * Up from 1 / d to 1 within the first share p of the run, then down to 1 / (d · D): each phase is half a cosine, or a line.
 * Steps are counted as PyTorch's OneCycleLR does: the peak is at p T − 1, the last step T − 1 is at the bottom.
 */
import { z } from "zod";
import { choice, real } from "../../kit/schema.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("oneCycle"),
  pctStart: real({
    default: 0.3,
    min: 0,
    below: 1,
    step: 0.05,
    search: [0.1, 0.5],
    title: "Rising share",
    description: "Share of the run in which the learning rate rises to that of the recipe. Lengthen it where the loss jumps on the way up.",
  }),
  divFactor: real({
    default: 25,
    min: 1,
    max: 1e6,
    scale: "log",
    search: [3, 100],
    title: "Start divisor",
    description: "The run starts at the recipe's learning rate divided by this. Raise it where the first steps already diverge.",
  }),
  finalDivFactor: real({
    default: 1e4,
    min: 1,
    max: 1e9,
    scale: "log",
    search: [10, 1e5],
    title: "End divisor",
    description: "The run ends at its starting rate divided by this. Lower it where the last epochs no longer learn anything.",
  }),
  anneal: choice(["cosine", "linear"], {
    default: "cosine",
    title: "Form",
    description: "Rise and fall along half a cosine or along a line. A line spends less time near the peak: choose it where the peak is barely stable.",
  }),
});

export const oneCycle = {
  summary: "Rises to the recipe's learning rate and falls far below the start: one cycle, often much quicker at high rates.",
  source: "Smith & Topin 2018, arXiv:1708.07120 (1cycle); PyTorch's OneCycleLR",
  schema,
  factor: ({ step, totalSteps }, { pctStart, divFactor, finalDivFactor, anneal }) => {
    const last = Math.max(1, totalSteps) - 1;
    const peak = pctStart * (last + 1) - 1;
    const along = anneal === "cosine" ? alongCosine : alongLine;
    const start = 1 / divFactor;
    if (peak > 0 && step <= peak) return along(start, 1, step / peak);
    // The peak is before the last step, as the rising share is below 1.
    return along(1, start / finalDivFactor, (Math.min(step, last) - peak) / (last - peak));
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=100, cycle_momentum=False)', every: "step" },
    },
    {
      config: { pctStart: 0.45, divFactor: 10, finalDivFactor: 200, anneal: "linear" },
      totalSteps: 111,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=111, pct_start=0.45, div_factor=10, final_div_factor=200, anneal_strategy="linear", cycle_momentum=False)',
        every: "step",
      },
    },
    {
      config: { pctStart: 0, finalDivFactor: 50 },
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=100, pct_start=0.0, final_div_factor=50, cycle_momentum=False)',
        every: "step",
      },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;

function alongCosine(from: number, to: number, part: number): number {
  return to + ((from - to) / 2) * (Math.cos(Math.PI * part) + 1);
}

function alongLine(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
