/** A plot of two axes keeps a strip at its edge for absent values; the scale takes the rest. */
import type { PlotBox } from "../../../charts/plot.ts";
import type { Axis } from "./axis.ts";
import type { AxisTick } from "./axisTicks.ts";
import { ABSENT_AT, type PlotPoint } from "./points.ts";

/** The fraction of the plot that the strip takes; 0 where nothing is absent. */
export function insetOf(axis: Axis): number {
  return axis.hasAbsent && axis.key.startsWith("parameter:") ? 0.08 : 0;
}

/** A position on the scale as a fraction of the plot; that of an absent value is in the middle of the strip. */
export function outward(inset: number, at: number): number {
  return at === ABSENT_AT ? inset / 2 : inset + (1 - inset) * at;
}

/** The inverse: below 0 within the strip. */
export function inward(inset: number, at: number): number {
  return (at - inset) / (1 - inset);
}

export function insetPoints(points: readonly PlotPoint[], x: number, y: number): readonly PlotPoint[] {
  return x === 0 && y === 0 ? points : points.map((point) => ({ number: point.number, x: outward(x, point.x), y: outward(y, point.y) }));
}

/** Ticks nearer to the strip than this have no room beside its text. */
const ROOM = 0.07;

/** @param absent the text of the strip */
export function insetTicks(ticks: readonly AxisTick[], inset: number, absent: string): readonly AxisTick[] {
  if (inset === 0) return ticks;
  return [{ at: inset / 2, text: absent }, ...ticks.filter(({ at }) => at >= ROOM).map(({ at, text }) => ({ at: outward(inset, at), text }))];
}

export function insetBox({ left, top, width, height }: PlotBox, x: number, y: number): PlotBox {
  return { left: left + x * width, top, width: (1 - x) * width, height: (1 - y) * height };
}
