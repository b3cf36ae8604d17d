/** Converts series of the history to the curves to draw: smoothing first, down-sampling last. */
import type { MetricPoint, MetricSeries } from "../../shared/contract/runs.ts";
import { at } from "../../shared/kit/fault.ts";
import { downsample } from "../../shared/math/downsample.ts";

/** The most points that recharts draws smoothly. */
export const MAX_POINTS = 1000;

/** The range of steps that is shown, both ends included. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

export interface Curve {
  readonly id: string;
  readonly points: readonly CurvePoint[];
}

export function pointsOf(series: readonly MetricSeries[], name: string): readonly MetricPoint[] {
  return series.find((one) => one.name === name)?.points ?? [];
}

/**
 * Exponential moving average with bias correction: s_t = w s_{t−1} + (1 − w) x_t, shown as s_t / (1 − w^t).
 * `weight` applies per gap of `spacing` steps, so that sparse parts of a series are not smoothed more than dense ones.
 */
export function smoothed(points: readonly CurvePoint[], weight: number): readonly CurvePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (weight <= 0 || first === undefined || last === undefined || points.length < 3) return points;
  const spacing = Math.max(1, (last.step - first.step) / (points.length - 1));
  let sum = 0;
  let mass = 0;
  let before = first.step - spacing;
  return points.map(({ step, value }) => {
    if (!Number.isFinite(value)) return { step, value };
    const keep = weight ** ((step - before) / spacing);
    before = step;
    sum = keep * sum + (1 - keep) * value;
    mass = keep * mass + (1 - keep);
    return { step, value: mass > 0 ? sum / mass : value };
  });
}

/**
 * The generalization gap after each epoch: the validation loss minus the loss on training samples under the same weights. For a down-sampled
 * series, values between two points are interpolated linearly.
 */
export function gapBetween(training: readonly CurvePoint[], validation: readonly CurvePoint[]): readonly CurvePoint[] {
  const known = training.filter(({ value }) => Number.isFinite(value));
  let next = 0;
  return validation.flatMap(({ step, value }) => {
    while (next < known.length && at(known, next).step < step) next++;
    const [before, after] = [known[next - 1], known[next]];
    if (after === undefined || !Number.isFinite(value)) return [];
    if (after.step === step) return [{ step, value: value - after.value }];
    if (before === undefined) return [];
    const share = (step - before.step) / (after.step - before.step);
    return [{ step, value: value - (before.value + share * (after.value - before.value)) }];
  });
}

/**
 * The gap of a run that evaluated no training samples: the validation loss minus the mean training loss since the previous validation. That mean is
 * taken while the weights change. In the first epoch they change so much that it is meaningless, so the gap begins with the second. A
 * down-sampled series is averaged over time (trapezoidal rule), so that the extremes it keeps are not overweighted.
 */
export function gapToMean(train: readonly CurvePoint[], validation: readonly CurvePoint[]): readonly CurvePoint[] {
  const gap: CurvePoint[] = [];
  let from = 0;
  for (const [epoch, { step, value }] of validation.entries()) {
    const start = from;
    while (from < train.length && at(train, from).step <= step) from++;
    const mean = meanOf(train.slice(start, from));
    if (epoch > 0 && mean !== null && Number.isFinite(value)) gap.push({ step, value: value - mean });
  }
  return gap;
}

function meanOf(points: readonly CurvePoint[]): number | null {
  const finite = points.filter(({ value }) => Number.isFinite(value));
  const first = finite[0];
  const last = finite.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.step === first.step) return first.value;
  let area = 0;
  for (let i = 1; i < finite.length; i++) {
    const a = at(finite, i - 1);
    const b = at(finite, i);
    area += ((a.value + b.value) / 2) * (b.step - a.step);
  }
  return area / (last.step - first.step);
}

/** One row of a chart's table: the step and every curve's value there. */
export type Row = Readonly<Record<string, number>>;

/** Merges curves into rows, at most {@link MAX_POINTS} per curve, without values that cannot be drawn (not finite, or not positive on a log axis). */
export function tabulate(curves: readonly Curve[], options: { readonly positive: boolean }): readonly Row[] {
  const rows = new Map<number, Record<string, number>>();
  for (const { id, points } of curves) {
    const drawable = points.filter(({ value }) => Number.isFinite(value) && (!options.positive || value > 0));
    for (const { step, value } of downsample(drawable, MAX_POINTS)) {
      const row = rows.get(step) ?? { step };
      row[id] = value;
      rows.set(step, row);
    }
  }
  return [...rows.values()].sort((a, b) => (a["step"] ?? 0) - (b["step"] ?? 0));
}

/** The point nearest to a step; undefined for an empty curve. */
export function nearest(points: readonly CurvePoint[], step: number): CurvePoint | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(points, middle).step < step) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (before === undefined || after === undefined) return after ?? before;
  return step - before.step <= after.step - step ? before : after;
}
