/** The vertical scale of a chart of curves. */
import type { Curve, StepRange } from "./series.ts";
import { linearScale, logScale, type Scale } from "./ticks.ts";

const TICKS = 4;

export interface ScaleOptions {
  readonly log: boolean;
  /** Zero is always on the scale. */
  readonly withZero: boolean;
}

/** Over everything that can be drawn within a range of steps; null where nothing can. */
export function curveScale(curves: readonly Curve[], range: StepRange, { log, withZero }: ScaleOptions): Scale | null {
  const values = curves.flatMap(({ points }) =>
    points.filter(({ step, value }) => step >= range.from && step <= range.to && Number.isFinite(value) && (!log || value > 0)).map(({ value }) => value),
  );
  if (values.length === 0) return null;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return log ? logScale(low, high, TICKS + 2) : linearScale(withZero ? Math.min(0, low) : low, withZero ? Math.max(0, high) : high, TICKS);
}
