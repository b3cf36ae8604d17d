/** Brushes as they are drawn: between two fractions of an axis. */
import { type Axis, positionOf, valueAtPosition } from "./axis.ts";
import type { Brush } from "./selection.ts";

/** A drag shorter than this fraction is a click. */
const LEAST = 0.004;

/** What lies between two fractions of an axis; null where that is nothing. Wholly below the scale lies the absent value. */
export function brushBetween(axis: Axis, from: number, to: number): Brush | null {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (high - low < LEAST) return null;
  if (high < 0) return axis.hasAbsent ? { type: "values", values: [null] } : null;
  if (axis.kind === "choice") {
    const values = axis.values.filter((value) => {
      const at = positionOf(axis, value);
      return at !== null && at >= low && at <= high;
    });
    return values.length === 0 ? null : { type: "values", values };
  }
  // The ends of the axis are exact, so that no trial at the end is lost to rounding.
  const [least, most] = axis.domain;
  return { type: "interval", low: low <= 0 ? least : valueAtPosition(axis, low), high: high >= 1 ? most : valueAtPosition(axis, high) };
}

/** Where a brush lies on its axis, as fractions; null for one that cannot be drawn as a stretch. */
export function spanOfBrush(axis: Axis, brush: Brush | undefined): readonly [number, number] | null {
  if (brush === undefined) return null;
  if (brush.type === "interval") {
    const ends = [brush.low, brush.high].map((value) => positionOf(axis, value));
    return [ends[0] ?? 0, ends[1] ?? 1];
  }
  if (axis.kind !== "choice") return null;
  const places = brush.values.flatMap((value) => positionOf(axis, value) ?? []);
  const half = 0.5 / axis.values.length;
  return places.length === 0 ? null : [Math.min(...places) - half, Math.max(...places) + half];
}
