/**
 * The vertical scale of a chart of curves. One outlier must not flatten the rest: if the middle 80 % of the values of each curve
 * would take less than a tenth of the height, the scale is limited to three times their width, and the outliers are returned so that they can be marked.
 * The beginning of a training is not cut off: a curve that falls to the others over several steps is not an outlier.
 */
import { at } from "../../shared/kit/fault.ts";
import type { Curve, CurvePoint, StepRange } from "./series.ts";
import { linearScale, logScale, type Scale } from "./ticks.ts";

const TICKS = 4;
/** The fraction of a curve's values at each end that does not belong to the middle. */
const TAIL = 0.1;
/** Curves with fewer points have no tails. */
const FEWEST_POINTS = 5;
const LEAST_HEIGHT = 0.1;
const REACH = 3;
/** A beginning has at least this many points, and leaves at least this fraction of the height to the middle. */
const [FEWEST_OF_BEGINNING, LEAST_BESIDE_BEGINNING] = [3, 0.02];
/** Outliers closer than this fraction of the width share one mark. */
const MARK_WIDTH = 1 / 60;

export interface ScaleOptions {
  readonly log: boolean;
  /** Whether zero must be on the scale. */
  readonly withZero: boolean;
  /** Whether every value must be on the scale, outliers included. */
  readonly all: boolean;
}

/** Consecutive values of one curve beyond the same end of the scale. */
export interface Outside {
  readonly curve: string;
  readonly end: "top" | "bottom";
  readonly count: number;
  /** The most extreme value, and its step. */
  readonly value: number;
  readonly step: number;
}

export interface CurveScale extends Scale {
  readonly outside: readonly Outside[];
  /** Whether there are outliers, also if `all` puts them on the scale. */
  readonly couldFit: boolean;
}

/** A smoothed curve gets no marks, because the raw curve behind it has them. */
export interface ScaledCurve extends Curve {
  readonly smooth?: boolean;
}

/** The scale of the drawable values within a range of steps; null if there are none. */
export function curveScale(curves: readonly ScaledCurve[], range: StepRange, { log, withZero, all }: ScaleOptions): CurveScale | null {
  const drawn = curves.map((curve) => ({ ...curve, points: drawable(curve.points, range, log) })).filter(({ points }) => points.length > 0);
  const values = drawn.flatMap(({ points }) => points.map(({ value }) => value));
  if (values.length === 0) return null;
  const scaleOf = (some: readonly number[]): Scale => {
    const [low, high] = endsOf(withZero ? [...some, 0] : some);
    return log ? logScale(low, high, TICKS + 2) : linearScale(low, high, TICKS);
  };
  const fitting = fittingValues(drawn, values, log);
  const scale = scaleOf(all ? values : fitting);
  const fitted = all ? scaleOf(fitting) : scale;
  const isOutside = (value: number) => value < fitted.domain[0] || value > fitted.domain[1];
  const width = range.to - range.from;
  return {
    ...scale,
    couldFit: values.some(isOutside),
    outside: all ? [] : drawn.filter(({ smooth }) => smooth !== true).flatMap((curve) => marksOf(curve, scale, width)),
  };
}

/** Number of values that a logarithmic scale has no place for: 0 and less. */
export function withoutLogarithm(curves: readonly ScaledCurve[], { from, to }: StepRange): number {
  const points = curves.filter(({ smooth }) => smooth !== true).flatMap((curve) => curve.points);
  return points.filter(({ step, value }) => step >= from && step <= to && value <= 0).length;
}

/** The most extreme values above and below a scale, if any. */
export function furthest(outside: readonly Outside[]): readonly Outside[] {
  const of = (end: Outside["end"], isFurther: (a: Outside, b: Outside) => boolean) =>
    outside.filter((mark) => mark.end === end).reduce<Outside | null>((far, mark) => (far === null || isFurther(mark, far) ? mark : far), null);
  return [of("top", (a, b) => a.value > b.value), of("bottom", (a, b) => a.value < b.value)].filter((mark) => mark !== null);
}

function drawable(points: readonly CurvePoint[], { from, to }: StepRange, log: boolean): readonly CurvePoint[] {
  return points.filter(({ step, value }) => step >= from && step <= to && Number.isFinite(value) && (!log || value > 0));
}

/** The values that the scale must cover. */
function fittingValues(curves: readonly Curve[], values: readonly number[], log: boolean): readonly number[] {
  const place = (value: number) => (log ? Math.log10(value) : value);
  const middles = curves.map(({ points }) => middleOf(points.map(({ value }) => place(value))));
  const [low, high] = endsOf(middles.flat());
  const [lowest, highest] = endsOf(values.map(place));
  const width = high - low;
  // A middle with a single value has no width to compare with.
  if (width === 0 || width >= LEAST_HEIGHT * (highest - lowest)) return values;
  const inside = (value: number) => place(value) >= low - REACH * width && place(value) <= high + REACH * width;
  const beginnings = curves
    .flatMap(({ points }) =>
      beginningOf(
        points.map(({ value }) => value),
        inside,
      ),
    )
    .filter((value) => {
      const [bottom, top] = [Math.min(low, place(value)), Math.max(high, place(value))];
      return width >= LEAST_BESIDE_BEGINNING * (top - bottom);
    });
  return [...values.filter(inside), ...beginnings];
}

/** The values before a curve first comes inside; empty if there are too few or if it never does. */
function beginningOf(values: readonly number[], inside: (value: number) => boolean): readonly number[] {
  const first = values.findIndex(inside);
  return first < FEWEST_OF_BEGINNING ? [] : values.slice(0, first);
}

function middleOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = sorted.length < FEWEST_POINTS ? 0 : Math.max(1, Math.floor(sorted.length * TAIL));
  return [at(sorted, cut), at(sorted, sorted.length - 1 - cut)];
}

/** The smallest and largest value. A reduction, because `Math.min(...values)` fails for very long arrays. */
function endsOf(values: readonly number[]): readonly [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function marksOf({ id, points }: Curve, { domain: [bottom, top] }: Scale, width: number): readonly Outside[] {
  const marks: Outside[] = [];
  for (const { step, value } of points) {
    if (value >= bottom && value <= top) continue;
    const end = value > top ? "top" : "bottom";
    const last = marks.at(-1);
    if (last === undefined || last.end !== end || step - last.step > width * MARK_WIDTH) {
      marks.push({ curve: id, end, count: 1, value, step });
      continue;
    }
    const further = end === "top" ? value > last.value : value < last.value;
    marks[marks.length - 1] = { ...last, count: last.count + 1, ...(further ? { value, step } : {}) };
  }
  return marks;
}
