/** Shared by several schedules: their fields, and the conversion of steps to epochs. */
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { SchedulePosition } from "./schedule.ts";

/** The factor of a decay on the learning rate. */
export function gammaField(options: { readonly default: number; readonly search: readonly [number, number]; readonly description: Words }) {
  return real({ ...options, above: 0, max: 1, step: 0.01, title: { en: "γ", ko: "γ" } });
}

/** The minimum factor of a schedule. */
export function lowestFactor(options: { readonly title: Words; readonly description: Words }) {
  return real({ ...options, default: 0, min: 0, max: 1, step: 0.01, search: [0, 0.1] });
}

/** Number of completed epochs before a step. An epoch's length may be fractional, so rounding errors must not delay the end of an epoch. */
export function epochsDone({ step, stepsPerEpoch }: Pick<SchedulePosition, "step" | "stepsPerEpoch">): number {
  return Math.floor(step / stepsPerEpoch + 1e-9);
}
