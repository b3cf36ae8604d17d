/** Trials as points of a plot. */
import type { Trial } from "../../../../shared/contract/studies.ts";
import { type Marker, markerPath } from "../../../charts/palette.ts";
import { type PlotBox, pixelX, pixelY } from "../../../charts/plot.ts";
import { type Axis, positionOf } from "./axis.ts";
import type { Drawn } from "./layers.ts";

export interface PlotPoint {
  readonly number: number;
  /** Fractions of the plot. */
  readonly x: number;
  readonly y: number;
}

/** Room below and left of a plot in which absent values lie, as a fraction. */
export const ABSENT_AT = -0.045;

/** The trials that have a place on both axes. An absent parameter has one beside the scale; an absent objective has none. */
export function pointsOn(x: Axis, y: Axis, trials: readonly Trial[]): readonly PlotPoint[] {
  const place = (axis: Axis, trial: Trial): number | null => positionOf(axis, axis.read(trial)) ?? (axis.key.startsWith("parameter:") ? ABSENT_AT : null);
  return trials.flatMap((trial) => {
    const [atX, atY] = [place(x, trial), place(y, trial)];
    return atX === null || atY === null ? [] : [{ number: trial.number, x: atX, y: atY }];
  });
}

const UNIT = [0, 1] as const;

export const pixelOf = ({ x, y }: Pick<PlotPoint, "x" | "y">, box: PlotBox) => ({ x: pixelX(x, UNIT, box), y: pixelY(y, UNIT, box) });

/** The marker of each point. */
export function drawnPoints(points: readonly PlotPoint[], markerOf: (number: number) => Marker, box: PlotBox, size: number): readonly Drawn[] {
  return points.map((point) => {
    const { x, y } = pixelOf(point, box);
    return { number: point.number, path: markerPath(markerOf(point.number), x, y, size) };
  });
}
