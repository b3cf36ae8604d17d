/** The planned learning rate over a run, for drawing. */
import { downsample } from "../../math/downsample.ts";
import { learningRateFactor, type RatePlan, startOfSchedule } from "./factor.ts";
import type { SchedulePosition } from "./schedule.ts";

export interface PreviewCurve {
  readonly points: readonly { readonly step: number; readonly factor: number }[];
  /** Whether the schedule reacts to validation: the curve then assumes that the validation loss keeps falling. */
  readonly reactive: boolean;
}

/** Maximum number of computed steps: enough to place a drop within a pixel, in a few milliseconds. */
const SAMPLED = 8192;

/**
 * At most `maxPoints` steps of a run, including the first and the last, and every drop and restart.
 * @param maxPoints at least 4
 */
export function previewCurve(plan: Omit<RatePlan, "state">, { totalSteps, stepsPerEpoch }: Omit<SchedulePosition, "step">, maxPoints: number): PreviewCurve {
  const state = startOfSchedule(plan.schedule);
  const count = Math.min(SAMPLED, Math.max(1, Math.floor(totalSteps)));
  const sampled = Array.from({ length: count }, (_, i) => {
    const step = count === 1 ? 0 : Math.round((i * (Math.floor(totalSteps) - 1)) / (count - 1));
    return { step, value: learningRateFactor({ ...plan, state }, { step, totalSteps, stepsPerEpoch }) };
  });
  const points = downsample(sampled, maxPoints).map(({ step, value }) => ({ step, factor: value }));
  return { points, reactive: state !== null };
}
