/** Picks a rate on the curve of a range test, by pointer or by keys. */
import { type RangeTestPoint, rateText } from "../../../shared/math/rangeTest.ts";

/** How many points each key moves by. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The rate rounded as displayed, so that the shown value is the one used. */
export function shownRate(rate: number): number {
  return Number(rateText(rate));
}

/** The point nearest to a rate on the logarithmic axis; null for an empty curve. */
export function pointAt(curve: readonly RangeTestPoint[], rate: number): RangeTestPoint | null {
  return curve[indexAt(curve, rate)] ?? null;
}

function indexAt(curve: readonly RangeTestPoint[], rate: number): number {
  const far = ({ rate: other }: RangeTestPoint) => Math.abs(Math.log(other / rate));
  return curve.reduce((best, point, i) => (far(point) < far(curve[best] ?? point) ? i : best), 0);
}

/** The rate that a key moves to; null for other keys, and for an empty curve. */
export function rateAfter(curve: readonly RangeTestPoint[], rate: number, key: string): number | null {
  const by = STEPS[key];
  if (by === undefined || curve.length === 0) return null;
  const index = Math.min(curve.length - 1, Math.max(0, indexAt(curve, rate) + by));
  const point = curve[index];
  return point === undefined ? null : shownRate(point.rate);
}

/** The rate at a position on a logarithmic axis. @param fraction 0 at the lower end, 1 at the upper */
export function rateAtFraction(from: number, to: number, fraction: number): number {
  return shownRate(from * (to / from) ** Math.min(1, Math.max(0, fraction)));
}
