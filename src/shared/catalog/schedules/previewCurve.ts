/** The course of the learning rate before the start, for drawing. */
import { downsample } from "../../math/downsample.ts";
import { learningRateFactor, type RatePlan, startOfSchedule } from "./factor.ts";
import type { SchedulePosition } from "./schedule.ts";

export interface PreviewCurve {
  readonly points: readonly { readonly step: number; readonly factor: number }[];
  /** Whether validation will decide: then the curve is what happens as long as the validation loss keeps falling. */
  readonly reactive: boolean;
}

/** Steps that are worked out at most: enough to find a fall to within a pixel, and done within milliseconds. */
const SAMPLED = 8192;

/**
 * At most `maxPoints` steps of a run, the first and the last among them, with every fall and restart between.
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
