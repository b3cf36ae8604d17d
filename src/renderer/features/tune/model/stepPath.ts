/** Lines through points of a plot, in fractions of it, as SVG paths. */
import type { PlotBox } from "../../../charts/plot.ts";
import { type PlotPoint, pixelOf } from "./points.ts";

type Place = Pick<PlotPoint, "x" | "y">;

/** A line that keeps its height until the next point. */
export function stepPath(points: readonly Place[], box: PlotBox): string {
  return points
    .map((point, index) => {
      const { x, y } = pixelOf(point, box);
      return index === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`;
    })
    .join("");
}

export function straightPath(points: readonly Place[], box: PlotBox): string {
  return points
    .map((point, index) => {
      const { x, y } = pixelOf(point, box);
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
