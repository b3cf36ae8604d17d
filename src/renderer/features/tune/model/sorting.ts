/** The order of the table: by the value of an axis, those without one last. */
import type { Trial } from "../../../../shared/contract/studies.ts";
import type { Axis, AxisValue } from "./axis.ts";

export interface TrialSort {
  /** The key of an axis. */
  readonly key: string;
  readonly descending: boolean;
}

/** Equal values are ordered by number. */
export function sortedTrials(trials: readonly Trial[], axes: readonly Axis[], { key, descending }: TrialSort): readonly Trial[] {
  const axis = axes.find((each) => each.key === key);
  if (axis === undefined) return trials;
  const sign = descending ? -1 : 1;
  return trials
    .map((trial) => ({ trial, value: axis.read(trial) }))
    .sort((a, b) => compare(a.value, b.value, sign) || sign * (a.trial.number - b.trial.number))
    .map(({ trial }) => trial);
}

function compare(a: AxisValue, b: AxisValue, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * String(a).localeCompare(String(b), "en");
}
