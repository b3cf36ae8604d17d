/** The Gaussian process of a study: from its trials to a posterior, and what is expected of a point. */
import { at } from "../../../kit/fault.ts";
import type { Observation } from "../sampler.ts";
import type { Point, Space } from "../space.ts";
import { logImprovement } from "./acquisition.ts";
import { encode } from "./encoding.ts";
import { fitProcess } from "./fit.ts";
import { Posterior, type Prediction } from "./posterior.ts";
import type { Acquisition } from "./search.ts";
import { type Results, resultsOf, type Scale } from "./targets.ts";

/** The most trials of a posterior, and of a fit of its hyperparameters: their times grow with the third power. */
const MOST = 300;
const MOST_FITTED = 120;

export interface Model {
  readonly posterior: Posterior;
  readonly scale: Scale;
  /** The lowest mean at a trial's point. Under noise that is not the lowest result, which may have been luck. */
  readonly best: number;
  /** The trials' points, that with the lowest mean first. */
  readonly ranking: readonly Point[];
  readonly acquisition: Acquisition;
}

/** @returns null where fewer than two trials have a number */
export function modelOf(space: Space, observations: readonly Observation[]): Model | null {
  const results = resultsOf(observations);
  if (results === null) return null;
  const choices = space.map(({ type }) => type === "choice");
  const dataOf = (limit: number) => {
    const kept = keptOf(results, limit);
    return { choices, inputs: kept.map((i) => encode(space, at(results.points, i))), targets: Float64Array.from(kept, (i) => at(results.targets, i)) };
  };
  const observed = new Posterior(dataOf(MOST), fitProcess(dataOf(MOST_FITTED)));
  const means = keptOf(results, MOST)
    .map((i, row) => ({ point: at(results.points, i), mean: observed.predict(at(observed.data.inputs, row)).mean }))
    .sort((a, b) => a.mean - b.mean);
  const best = at(means, 0).mean;
  const running = observations.filter(({ state }) => state === "running").slice(-MOST);
  const expected = running.map(({ point }) => encode(space, point));
  const posterior = observed.believing(expected);
  // A point is to be better than what the running trials are expected to give, or it would be next to one of them.
  const bar = Math.min(best, ...expected.map((input) => observed.predict(input).mean));
  return { posterior, scale: results.scale, best, ranking: means.map(({ point }) => point), acquisition: acquisitionOf(posterior, bar) };
}

/** Of more trials than the limit, in their order: the best third, the latest third, and the rest evenly from all others. */
function keptOf({ targets }: Results, limit: number): readonly number[] {
  const all = [...targets.keys()];
  if (all.length <= limit) return all;
  const third = Math.floor(limit / 3);
  const best = all.toSorted((a, b) => at(targets, a) - at(targets, b)).slice(0, third);
  const kept = new Set([...best, ...all.slice(-third)]);
  const others = all.filter((i) => !kept.has(i));
  const more = Math.min(limit - kept.size, others.length);
  for (let k = 0; k < more; k++) kept.add(at(others, Math.floor((k * others.length) / more)));
  return all.filter((i) => kept.has(i));
}

function acquisitionOf(posterior: Posterior, best: number): Acquisition {
  return {
    value: (input) => {
      const { mean, deviation } = posterior.predict(input);
      return logImprovement(mean, deviation, best).value;
    },
    slopes: (input) => {
      const { mean, deviation, byMean, byDeviation } = posterior.slopes(input);
      const { value, byMean: m, byDeviation: s } = logImprovement(mean, deviation, best);
      return { value, gradient: byMean.map((each, d) => m * each + s * at(byDeviation, d)) };
    },
  };
}

/** A prediction in the scale of the objective; the deviation is half of the interval between the mean plus and minus one deviation. */
export function inScale({ toValue }: Scale, { mean, deviation }: Prediction): Prediction {
  return { mean: toValue(mean), deviation: (toValue(mean + deviation) - toValue(mean - deviation)) / 2 };
}
