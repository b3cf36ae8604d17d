/** The geometry of parallel coordinates: where axes stand, and the lines of trials across them. */
import type { Trial } from "../../../../shared/contract/studies.ts";
import type { PlotBox } from "../../../charts/plot.ts";
import { type Axis, type AxisValue, positionOf } from "./axis.ts";

/** Distance of the place for absent values below an axis, in pixels. */
export const ABSENT_BELOW = 18;

export function axisX(index: number, count: number, { left, width }: PlotBox): number {
  return count < 2 ? left + width / 2 : left + (index * width) / (count - 1);
}

/** The height of a value on its axis; below it for an absent one. */
export function axisY(axis: Axis, value: AxisValue, { top, height }: PlotBox): number {
  const position = positionOf(axis, value);
  return position === null ? top + height + ABSENT_BELOW : top + (1 - position) * height;
}

/** The line of one trial as an SVG path. */
export function linePath(axes: readonly Axis[], trial: Trial, box: PlotBox): string {
  return axes
    .map((axis, index) => `${index === 0 ? "M" : "L"}${axisX(index, axes.length, box).toFixed(1)} ${axisY(axis, axis.read(trial), box).toFixed(1)}`)
    .join("");
}

/** The trial whose line passes nearest to a position, at most `reach` pixels away vertically; null if none does. */
export function nearestLine(axes: readonly Axis[], trials: readonly Trial[], box: PlotBox, x: number, y: number, reach: number): number | null {
  if (axes.length < 2) return null;
  const gap = box.width / (axes.length - 1);
  const left = Math.min(axes.length - 2, Math.max(0, Math.floor((x - box.left) / gap)));
  const [from, to] = [axes[left], axes[left + 1]];
  if (from === undefined || to === undefined) return null;
  const share = (x - axisX(left, axes.length, box)) / gap;
  let best: number | null = null;
  let nearest = reach;
  for (const trial of trials) {
    const a = axisY(from, from.read(trial), box);
    const b = axisY(to, to.read(trial), box);
    const distance = Math.abs(a + share * (b - a) - y);
    if (distance > nearest) continue;
    nearest = distance;
    best = trial.number;
  }
  return best;
}

/** The order of the axes after one was dragged to another place. */
export function movedAxis(order: readonly string[], key: string, place: number): readonly string[] {
  const others = order.filter((each) => each !== key);
  return [...others.slice(0, place), key, ...others.slice(place)];
}
