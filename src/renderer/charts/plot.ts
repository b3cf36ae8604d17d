/** Converts data to pixels of a plot drawn as plain SVG. */
import type { Scale } from "./ticks.ts";

/** The plot area, in pixels of the drawing. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The position of a value in a domain as a fraction; the middle if the domain has no width. */
export function shareOf(value: number, [low, high]: Scale["domain"]): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

export function pixelX(value: number, domain: Scale["domain"], { left, width }: PlotBox): number {
  return left + shareOf(value, domain) * width;
}

/** The vertical position: larger values are higher up. */
export function pixelY(value: number, domain: Scale["domain"], { top, height }: PlotBox): number {
  return top + (1 - shareOf(value, domain)) * height;
}

/** The domain from the smallest to the largest value, widened if both are equal. */
export function spanOf(low: number, high: number): readonly [number, number] {
  if (high > low) return [low, high];
  const pad = low === 0 ? 1 : Math.abs(low) * 0.1;
  return [low - pad, low + pad];
}

export interface Placed {
  readonly x: number;
  readonly y: number;
}

/** The nearest point to a position, at most `reach` pixels away; null if there is none. Points are in pixels. */
export function nearestPoint(points: readonly Placed[], x: number, y: number, reach: number): number | null {
  let best: number | null = null;
  let bestDistance = reach * reach;
  for (const [index, point] of points.entries()) {
    const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (distance > bestDistance) continue;
    best = index;
    bestDistance = distance;
  }
  return best;
}

/** The next point in the order of one axis; stops at the ends. Null starts at the first. */
export function neighbour(points: readonly Placed[], from: number | null, axis: "x" | "y", direction: 1 | -1): number | null {
  const order = points.map((_, index) => index).sort((a, b) => (points[a]?.[axis] ?? 0) - (points[b]?.[axis] ?? 0) || a - b);
  if (from === null) return order[0] ?? null;
  const here = order.indexOf(from);
  return order[Math.min(order.length - 1, Math.max(0, here + direction))] ?? null;
}

/** The two ends of a bin. */
export function binRange(
  { low, high, counts }: { readonly low: number; readonly high: number; readonly counts: readonly unknown[] },
  bin: number,
): readonly [number, number] {
  const width = (high - low) / Math.max(1, counts.length);
  return [low + bin * width, bin === counts.length - 1 ? high : low + (bin + 1) * width];
}
