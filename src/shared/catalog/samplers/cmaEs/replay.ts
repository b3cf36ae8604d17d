/** The distribution of CMA-ES after the trials so far, and the points that it proposes. */
import { at } from "../../../kit/fault.ts";
import { Draws } from "../draws.ts";
import { compareResults, firstValue } from "../results.ts";
import type { SamplerTask } from "../sampler.ts";
import { accepts, type Dimension, fractionOf, type Point, type Space, type Value, valueAt, valueCount } from "../space.ts";
import { isDiscrete, spread, withMargin } from "./margin.ts";
import { type Constants, constantsOf, type Distribution, drawn, startOf, updated, usualPopulation, whitened } from "./strategy.ts";

export interface CmaSettings {
  /** λ; null for the usual one. */
  readonly population: number | null;
  /** The first σ, as a fraction of every range. */
  readonly sigma: number;
  readonly restarts: boolean;
}

/** Draws until all coordinates without steps lie within their range; the last one is cut off at its ends. */
const MOST_DRAWS = 100;
/** Earlier distributions from which a trial may come that was proposed while others ran. */
const REMEMBERED = 4;
/** A distribution narrower than this, as a fraction of the range, has converged. */
const NARROW = 1e-9;
const ILL_CONDITIONED = 1e14;

/** The dimensions that CMA-ES searches: numbers that always exist and have more than one value. */
export function searched(space: Space): readonly Dimension[] {
  return space.filter((dimension) => dimension.type !== "choice" && dimension.when === undefined && valueCount(dimension) > 1);
}

/** What a distribution draws for the proposal with this number. */
export function proposal(distribution: Distribution, dimensions: readonly Dimension[], seed: number, number: number): readonly Value[] {
  return valuesOf(distribution, dimensions, coordinates(distribution, dimensions, seed, number));
}

function valuesOf(distribution: Distribution, dimensions: readonly Dimension[], point: Float64Array): readonly Value[] {
  const fractions = spread(distribution, point);
  return dimensions.map((dimension, i) => valueAt(dimension, at(fractions, i)));
}

function coordinates(distribution: Distribution, dimensions: readonly Dimension[], seed: number, number: number): Float64Array {
  const draws = new Draws(seed, "cmaEs", number);
  let point = distribution.mean;
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    point = drawn(
      distribution,
      Float64Array.from(dimensions, () => draws.normal()),
    );
    if (dimensions.every((dimension, i) => isDiscrete(dimension) || (at(point, i) >= 0 && at(point, i) <= 1))) return point;
  }
  return point.map((value, i) => (isDiscrete(at(dimensions, i)) ? value : Math.min(Math.max(value, 0), 1)));
}

/** A run of generations from a first distribution on. A restart begins another one with a population twice as large (Auger & Hansen 2005). */
interface Run {
  readonly constants: Constants;
  readonly number: number;
  /** Best and worst value of each generation. */
  readonly values: readonly (readonly [number, number])[];
}

export function distributionAfter({ space, observations, seed }: SamplerTask, { population, sigma, restarts }: CmaSettings): Distribution {
  const dimensions = searched(space);
  const size = dimensions.length;
  let run: Run = { constants: constantsOf(size, population ?? usualPopulation(size)), number: 0, values: [] };
  let distribution = begun(dimensions, sigma, seed, run);
  let earlier: readonly Distribution[] = [];
  for (let start = 0; start + run.constants.population <= observations.length; ) {
    const end = start + run.constants.population;
    const generation = observations.slice(start, end);
    if (generation.some(({ state }) => state === "running")) break;
    const sources = [distribution, ...earlier];
    const points = generation.map(({ point }, i) => recovered(sources, dimensions, seed, start + i, point));
    const order = [...generation.keys()].sort((a, b) => compareResults(at(generation, a), at(generation, b)) || a - b);
    const next = updated(
      distribution,
      run.constants,
      order.map((i) => at(points, i)),
    );
    earlier = sources.slice(0, REMEMBERED);
    distribution = withMargin(next, dimensions, 1 / (size * run.constants.population));
    run = { ...run, values: [...run.values, [firstValue(at(generation, at(order, 0))), firstValue(at(generation, at(order, order.length - 1)))]] };
    if (restarts && isSpent(distribution, run)) {
      run = { constants: constantsOf(size, 2 * run.constants.population), number: run.number + 1, values: [] };
      distribution = begun(dimensions, sigma, seed, run);
    }
    start = end;
  }
  return distribution;
}

/** The first run begins in the middle of the space, the others anywhere. */
function begun(dimensions: readonly Dimension[], sigma: number, seed: number, { number, constants }: Run): Distribution {
  const draws = new Draws(seed, "cmaEs/restart", number);
  const mean = Float64Array.from(dimensions, () => (number === 0 ? 0.5 : draws.uniform()));
  return withMargin(startOf(mean, sigma), dimensions, 1 / (dimensions.length * constants.population));
}

/**
 * The coordinates behind a trial's point: those that a distribution drew for it, if one did. Without steps they are the values themselves. A point that
 * comes from elsewhere (a guess, an earlier trial) is taken as it is, at most as far from the mean as draws usually are, so that it does not tear the
 * distribution away (Hansen 2011, arXiv:1110.4181, equation 4).
 */
function recovered(sources: readonly Distribution[], dimensions: readonly Dimension[], seed: number, number: number, point: Point): Float64Array {
  const own = dimensions.map(({ name }) => (Object.hasOwn(point, name) ? point[name] : undefined));
  const { mean, sigma } = at(sources, 0);
  const size = mean.length;
  const step = mean.map((centre, i) => {
    const value = own[i];
    const dimension = at(dimensions, i);
    return value !== undefined && accepts(dimension, value) ? (fractionOf(dimension, value) - centre) / sigma : 0;
  });
  const factor = Math.min(1, (Math.sqrt(size) + (2 * size) / (size + 2)) / Math.hypot(...whitened(at(sources, 0), step)));
  if (factor < 1 || dimensions.some(isDiscrete)) {
    for (const source of sources) {
      const found = coordinates(source, dimensions, seed, number);
      if (valuesOf(source, dimensions, found).every((value, i) => value === own[i])) return found;
    }
  }
  return mean.map((centre, i) => centre + sigma * factor * at(step, i));
}

function isSpent({ sigma, eigen }: Distribution, { values, constants }: Run): boolean {
  const widest = Math.max(...eigen.values);
  if (sigma * Math.sqrt(widest) < NARROW || widest / Math.min(...eigen.values) > ILL_CONDITIONED) return true;
  const length = 10 + Math.ceil((30 * constants.size) / constants.population);
  const recent = values.slice(-length).flat();
  return values.length >= length && Math.max(...recent) === Math.min(...recent);
}
