/** The values of a dimension at which a belief is drawn. */
import { type Dimension, type Value, valueAt, valueCount } from "./space.ts";

const MOST = 41;

/**
 * All values of a dimension that has few, otherwise evenly spaced ones on its own scale; both ends and the point's own value are among them.
 * Numbers are sorted.
 */
export function axisValues(dimension: Dimension, own: Value): readonly Value[] {
  if (dimension.type === "choice") return dimension.values;
  const { min, max } = dimension;
  const count = valueCount(dimension);
  const inner =
    count > MOST
      ? Array.from({ length: MOST }, (_, i) => valueAt(dimension, i / (MOST - 1)))
      : Array.from({ length: count }, (_, i) => (dimension.type === "integer" && dimension.log ? min + i : valueAt(dimension, (i + 0.5) / count)));
  const ends = dimension.step === undefined ? [min, max] : [];
  return [...new Set([...inner, ...ends, own].map(Number))].sort((a, b) => a - b);
}
