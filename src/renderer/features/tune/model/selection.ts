/**
 * Which trials are looked at: one value that the table and all plots share. Brushes on axes, chips for states, the best fraction, and picked trials
 * narrow it together.
 */
import type { Trial, TrialState } from "../../../../shared/contract/studies.ts";
import { type Axis, type AxisValue, objectiveValue } from "./axis.ts";

/** What an axis lets through. An absent value is let through only where it is named. */
export type Brush =
  /** Both ends inclusive. */
  { readonly type: "interval"; readonly low: number; readonly high: number } | { readonly type: "values"; readonly values: readonly AxisValue[] };

export interface Selection {
  /** By the key of the axis. */
  readonly brushes: Readonly<Record<string, Brush>>;
  /** States that are left out. */
  readonly hidden: readonly TrialState[];
  /** Only the best this many percent by the first objective; 100 for all, those without a value included. */
  readonly top: number;
  /** Only these trials; none picked means all. */
  readonly picked: readonly number[];
}

export const everything: Selection = { brushes: {}, hidden: [], top: 100, picked: [] };

export function isEverything({ brushes, hidden, top, picked }: Selection): boolean {
  return Object.keys(brushes).length === 0 && hidden.length === 0 && top >= 100 && picked.length === 0;
}

/** @param brush null removes the axis's brush */
export function withBrush(selection: Selection, key: string, brush: Brush | null): Selection {
  const others = Object.entries(selection.brushes).filter(([name]) => name !== key);
  return { ...selection, brushes: Object.fromEntries(brush === null ? others : [...others, [key, brush]]) };
}

/** Shows a state, or leaves it out. */
export function toggleState(selection: Selection, state: TrialState): Selection {
  const { hidden } = selection;
  return { ...selection, hidden: hidden.includes(state) ? hidden.filter((each) => each !== state) : [...hidden, state] };
}

/** Adds or removes a value of a choice axis; a brush that lets nothing through is removed. */
export function toggleValue(selection: Selection, key: string, value: AxisValue): Selection {
  const brush = selection.brushes[key];
  const former = brush?.type === "values" ? brush.values : [];
  const values = former.includes(value) ? former.filter((each) => each !== value) : [...former, value];
  return withBrush(selection, key, values.length === 0 ? null : { type: "values", values });
}

export function togglePicked(selection: Selection, number: number): Selection {
  const { picked } = selection;
  return { ...selection, picked: picked.includes(number) ? picked.filter((each) => each !== number) : [...picked, number] };
}

export function lets(brush: Brush, value: AxisValue): boolean {
  if (brush.type === "values") return brush.values.includes(value);
  return typeof value === "number" && value >= brush.low && value <= brush.high;
}

/**
 * Positions of the trials by their first objective: 0 for the best. Trials with a value come first, those without have none. Equal values are
 * ordered by number.
 */
export function ranksOf(trials: readonly Trial[], largerIsBetter: boolean): ReadonlyMap<number, number> {
  const valued = trials.flatMap((trial) => {
    const value = trial.state === "completed" || trial.state === "pruned" ? objectiveValue(trial, 0) : null;
    return value === null ? [] : [{ number: trial.number, value: largerIsBetter ? -value : value }];
  });
  const order = valued.sort((a, b) => a.value - b.value || a.number - b.number);
  return new Map(order.map(({ number }, rank) => [number, rank]));
}

/** The numbers of the selected trials. @param axes those whose brushes count; a brush of another axis is ignored */
export function selectedTrials(trials: readonly Trial[], axes: readonly Axis[], selection: Selection, ranks: ReadonlyMap<number, number>): ReadonlySet<number> {
  const { brushes, hidden, top, picked } = selection;
  const brushed = axes.flatMap((axis) => {
    const brush = brushes[axis.key];
    return brush === undefined ? [] : [{ axis, brush }];
  });
  const isHidden = new Set(hidden);
  const isPicked = new Set(picked);
  // At least one trial, so that the slider's lowest end shows the best.
  const best = Math.max(1, Math.ceil((ranks.size * top) / 100));
  return new Set(
    trials
      .filter(
        (trial) =>
          !isHidden.has(trial.state) &&
          (isPicked.size === 0 || isPicked.has(trial.number)) &&
          (top >= 100 || (ranks.get(trial.number) ?? Number.POSITIVE_INFINITY) < best) &&
          brushed.every(({ axis, brush }) => lets(brush, axis.read(trial))),
      )
      .map(({ number }) => number),
  );
}
