/** What several schedules share: their fields, and how steps become epochs. */
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { SchedulePosition } from "./schedule.ts";

/** What a decay multiplies the learning rate by. */
export function gammaField(options: { readonly default: number; readonly search: readonly [number, number]; readonly description: Words }) {
  return real({ ...options, above: 0, max: 1, step: 0.01, title: { en: "γ", ko: "γ" } });
}

/** The lowest factor of a schedule. */
export function lowestFactor(options: { readonly title: Words; readonly description: Words }) {
  return real({ ...options, default: 0, min: 0, max: 1, step: 0.01, search: [0, 0.1] });
}

/** Whole epochs behind a step. An epoch's length need not be a whole number, so rounding must not hold its last step back. */
export function epochsDone({ step, stepsPerEpoch }: Pick<SchedulePosition, "step" | "stepsPerEpoch">): number {
  return Math.floor(step / stepsPerEpoch + 1e-9);
}
