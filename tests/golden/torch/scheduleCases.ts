/**
 * What make_schedules.py computes and the test follows: the samples of every schedule, and some with a warm-up in front. Run by itself it prints
 * them as JSON.
 */
import type { z } from "zod";
import { schedules } from "../../../src/shared/catalog/schedules/index.ts";
import type { ScheduleSample } from "../../../src/shared/catalog/schedules/schedule.ts";

export interface ScheduleCase extends Omit<ScheduleSample, "config"> {
  /** Every field, defaults filled in. */
  readonly schedule: unknown;
  readonly warmup: { readonly epochs: number; readonly from: number };
}

const NONE = { epochs: 0, from: 0.1 };

function samplesOf(type: string, { schema, samples }: { readonly schema: z.ZodType; readonly samples: readonly ScheduleSample[] }): readonly ScheduleCase[] {
  return samples.map(({ config, ...sample }) => ({ schedule: schema.parse({ type, ...config }), warmup: NONE, ...sample }));
}

/** A sample behind a warm-up of some steps: PyTorch's LinearLR, then the schedule from its first step. */
function warmed(make: string, steps: number, from: number): ScheduleSample["torch"] {
  const rise = `torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=${from}, total_iters=${steps})`;
  return { make: `torch.optim.lr_scheduler.SequentialLR(optimizer, [${rise}, ${make}], milestones=[${steps}])`, every: "step" };
}

const withWarmup: readonly ScheduleCase[] = [
  {
    schedule: schedules.constant.schema.parse({ type: "constant" }),
    warmup: { epochs: 5, from: 0.25 },
    totalSteps: 100,
    stepsPerEpoch: 4,
    torch: { make: "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.25, total_iters=20)", every: "step" },
  },
  {
    schedule: schedules.step.schema.parse({ type: "step", every: 2, gamma: 0.5 }),
    warmup: { epochs: 1.5, from: 0.01 },
    totalSteps: 100,
    stepsPerEpoch: 10,
    torch: warmed("torch.optim.lr_scheduler.StepLR(optimizer, step_size=20, gamma=0.5)", 15, 0.01),
  },
  {
    schedule: schedules.exponential.schema.parse({ type: "exponential", gamma: 0.8 }),
    warmup: { epochs: 3, from: 0.1 },
    totalSteps: 120,
    stepsPerEpoch: 8,
    torch: warmed("torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.8 ** (1 / 8))", 24, 0.1),
  },
  { schedule: schedules.cosine.schema.parse({ type: "cosine", minimum: 0.01 }), warmup: { epochs: 2, from: 0 }, totalSteps: 120, stepsPerEpoch: 10, torch: null },
  { schedule: schedules.oneCycle.schema.parse({ type: "oneCycle" }), warmup: { epochs: 0.5, from: 0.2 }, totalSteps: 110, stepsPerEpoch: 20, torch: null },
];

export const scheduleCases: readonly ScheduleCase[] = [...Object.entries(schedules).flatMap(([type, entry]) => samplesOf(type, entry)), ...withWarmup];

if (import.meta.main) process.stdout.write(JSON.stringify(scheduleCases));
