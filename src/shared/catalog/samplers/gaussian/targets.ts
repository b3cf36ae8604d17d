/**
 * The results of trials as the Gaussian process sees them.
 *
 * A process suits values that vary alike everywhere, but losses are spread over many orders of magnitude on the bad side. So values above the lowest
 * three tenths are compressed by a logarithm and those below are kept as they are; then all are standardised. Where they are compressed moves with the results: the more good
 * trials there are, the finer are the differences among them.
 */
import { at } from "../../../kit/fault.ts";
import { quantilePosition } from "../../../math/statistics.ts";
import type { Observation } from "../sampler.ts";
import type { Point } from "../space.ts";

/** A strictly increasing map between the objective and the standardised target. */
export interface Scale {
  toTarget(value: number): number;
  toValue(target: number): number;
}

export interface Results {
  readonly points: readonly Point[];
  /** One standardised number per point. */
  readonly targets: Float64Array;
  readonly scale: Scale;
}

/** Beyond this, values count as this, so that their differences are finite. */
const LARGEST = 1e150;
/** In spreads after the logarithm: what is larger than 3,000 spreads is only "bad". */
const MOST = 8;

/** The number of a trial that ended with one. */
export function resultOf({ state, values }: Observation): number | null {
  const value = state === "completed" || state === "pruned" ? values?.[0] : undefined;
  return value !== undefined && Number.isFinite(value) ? Math.min(Math.max(value, -LARGEST), LARGEST) : null;
}

/**
 * Completed trials have their value; a pruned one has the median of the completed ones where its own is better, because it was ended for being worse. A trial that failed, or whose value is no finite number, has
 * the worst value of all, so that its surroundings are avoided. Trials that run are left out.
 * @returns null where fewer than two trials have a number
 */
export function resultsOf(observations: readonly Observation[]): Results | null {
  const completed = observations.flatMap((each) => (each.state === "completed" ? (resultOf(each) ?? []) : [])).sort((a, b) => a - b);
  const middle = completed.length === 0 ? Number.NEGATIVE_INFINITY : quantile(completed, 0.5);
  const ended = observations.filter(({ state }) => state !== "running");
  const values = ended.map((each) => {
    const result = resultOf(each);
    return result !== null && each.state === "pruned" ? Math.max(result, middle) : result;
  });
  const known = values.filter((each) => each !== null);
  if (known.length < 2) return null;
  const worst = known.reduce((a, b) => Math.max(a, b));
  const all = values.map((each) => each ?? worst);
  const scale = scaleOf(all);
  return { points: ended.map(({ point }) => point), targets: Float64Array.from(all, scale.toTarget), scale };
}

/** @param values at least one, all finite */
export function scaleOf(values: readonly number[]): Scale {
  const sorted = values.toSorted((a, b) => a - b);
  const knee = quantile(sorted, 0.3);
  const spread = knee - quantile(sorted, 0.05) || at(sorted, sorted.length - 1) - knee || 1;
  const compress = (value: number) => (value <= knee ? (value - knee) / spread : Math.min(Math.log1p((value - knee) / spread), MOST));
  const compressed = values.map(compress);
  const mean = compressed.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(compressed.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) || 1;
  return {
    toTarget: (value) => (compress(value) - mean) / deviation,
    toValue: (target) => {
      const each = Math.min(mean + deviation * target, 2 * MOST);
      return knee + spread * (each <= 0 ? each : Math.expm1(each));
    },
  };
}

function quantile(sorted: readonly number[], fraction: number): number {
  const { rank, share } = quantilePosition(sorted.length, fraction);
  const low = at(sorted, rank);
  return share === 0 ? low : low + share * (at(sorted, rank + 1) - low);
}
