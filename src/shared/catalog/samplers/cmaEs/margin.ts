/**
 * CMA-ES with margin: for dimensions with steps the distribution is moved and widened so that another value than that of the mean is always drawn with a
 * probability of at least about α. Without it the distribution narrows into one cell and never leaves (R. Hamano, S. Saito, M. Nomura and S. Shirakawa,
 * "CMA-ES with Margin", GECCO 2022, sections 4.2 and 4.3).
 */
import { at } from "../../../kit/fault.ts";
import { normalCdf, normalQuantile } from "../../../math/normal.ts";
import { type Dimension, valueAt, valueCount } from "../space.ts";
import type { Distribution } from "./strategy.ts";

export function isDiscrete(dimension: Dimension): boolean {
  return Number.isFinite(valueCount(dimension));
}

/** Where the cell of a fraction ends on either side; at the end of the range both are its one inner end. */
export function cellAround(dimension: Dimension, fraction: number): readonly [low: number, high: number] {
  const count = valueCount(dimension);
  const index = cellOf(dimension, fraction, count);
  return [edge(dimension, Math.max(1, index), count), edge(dimension, Math.min(count - 1, index + 1), count)];
}

function cellOf(dimension: Dimension, fraction: number, count: number): number {
  if (dimension.type === "integer" && dimension.log) return Number(valueAt(dimension, fraction)) - dimension.min;
  return Math.min(Math.max(Math.floor(fraction * count), 0), count - 1);
}

/** The end between the values `index − 1` and `index`. */
function edge(dimension: Dimension, index: number, count: number): number {
  if (dimension.type !== "integer" || !dimension.log) return index / count;
  const { min, max } = dimension;
  return Math.log((min + index - 0.5) / (min - 0.5)) / Math.log((max + 0.5) / (min - 0.5));
}

/** The fraction at which a drawn coordinate is read: discrete ones are spread by A around the mean. */
export function spread({ mean, scales }: Pick<Distribution, "mean" | "scales">, point: Float64Array): Float64Array {
  return point.map((value, i) => (value - at(mean, i)) * at(scales, i) + at(mean, i));
}

/** The distribution with its margin restored. @param dimensions one for each coordinate @param alpha below 1/2; 1 / (n λ) in the paper */
export function withMargin(distribution: Distribution, dimensions: readonly Dimension[], alpha: number): Distribution {
  const [mean, scales] = [distribution.mean.slice(), distribution.scales.slice()];
  const size = mean.length;
  for (const [i, dimension] of dimensions.entries()) {
    if (!isDiscrete(dimension)) continue;
    const base = distribution.sigma * Math.sqrt(at(distribution.covariance, i * size + i));
    const centre = at(mean, i);
    const deviation = base * at(scales, i);
    const [low, high] = cellAround(dimension, centre);
    const [below, above] = [normalCdf((low - centre) / deviation), normalCdf((centre - high) / deviation)];
    if (Math.max(below, above) > 0.5) {
      // An outer cell: the mean comes so near to its inner end that α of the draws lie beyond.
      if (Math.min(below, above) < alpha) mean[i] = high + Math.sign(centre - high) * deviation * normalQuantile(1 - alpha);
    } else {
      const middle = 1 - below - above;
      const [wanted, wantedAbove] = [Math.max(below, alpha / 2), Math.max(above, alpha / 2)];
      const missing = 1 - wanted - wantedAbove - middle;
      const share = (probability: number) => {
        const corrected = probability + (missing * (probability - alpha / 2)) / (wanted + middle + wantedAbove - 1.5 * alpha);
        return normalQuantile(1 - Math.min(Math.max(corrected, 1e-10), 0.5 - 1e-10));
      };
      const [toLow, toHigh] = [share(wanted), share(wantedAbove)];
      scales[i] = (high - low) / ((toLow + toHigh) * base);
      mean[i] = (low * toHigh + high * toLow) / (toLow + toHigh);
    }
  }
  return { ...distribution, mean, scales };
}
