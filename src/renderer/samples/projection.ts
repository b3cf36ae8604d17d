/** The points of a projection as series of a scatter plot: one per class, or one per range of a value. */
import type { Projection, TargetSummary } from "../../shared/contract/inspection.ts";
import { at } from "../../shared/kit/fault.ts";
import { SEQUENCE_STEPS, sequenceColor, seriesColor, seriesMarker } from "../charts/palette.ts";
import type { ScatterPoint, ScatterSeries } from "../charts/scatter.ts";

interface Drawn {
  readonly series: readonly ScatterSeries[];
  readonly points: readonly ScatterPoint[];
}

/** @param nameOf name of a sample, @param valueText text of a target value */
export function seriesOf(projection: Projection, target: TargetSummary, nameOf: (sample: number) => string, valueText: (value: number) => string): Drawn {
  if (target.kind === "classification")
    return {
      series: target.classes.map(({ name }, index) => ({ name, color: seriesColor(index), marker: seriesMarker(index) })),
      points: projection.points.map(({ sample, x, y, target: series }) => ({ x, y, series, name: nameOf(sample) })),
    };
  const values = projection.points.map((point) => point.target);
  const edges = quantileEdges(values, SEQUENCE_STEPS);
  return {
    series: edges.slice(1).map((high, step) => ({
      name: `${valueText(at(edges, step))} … ${valueText(high)}`,
      color: sequenceColor(Math.min(SEQUENCE_STEPS - 1, step)),
      marker: "circle",
      // Larger values have larger points, so that the order is visible without colour.
      size: 2.2 + 0.45 * step,
    })),
    points: projection.points.map(({ sample, x, y, target: value }) => ({
      x,
      y,
      series: rangeOf(value, edges),
      name: `${nameOf(sample)}, ${valueText(value)}`,
    })),
  };
}

/** Edges of ranges with about equally many values; ascending and distinct. */
export function quantileEdges(values: readonly number[], ranges: number): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const edges = Array.from({ length: ranges + 1 }, (_, i) => at(sorted, Math.round((i * (sorted.length - 1)) / ranges)));
  const different = edges.filter((edge, index) => index === 0 || edge > at(edges, index - 1));
  return different.length > 1 ? different : [at(different, 0), at(different, 0)];
}

export function rangeOf(value: number, edges: readonly number[]): number {
  const range = edges.findIndex((edge, index) => index > 0 && value <= edge);
  return Math.max(0, (range < 0 ? edges.length - 1 : range) - 1);
}
