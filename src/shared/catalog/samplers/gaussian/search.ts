/**
 * The point of a space with the largest acquisition. A space of few points is searched completely. In others many points are compared, and the best of
 * them are improved one by one: continuous dimensions along the gradient, discrete ones by single steps.
 */
import { at } from "../../../kit/fault.ts";
import { minimize } from "../../../math/minimize.ts";
import { RandomStream } from "../../../math/random.ts";
import { SobolSequence } from "../../../math/sobol.ts";
import { accepts, type Dimension, exists, fractionOf, makePoint, type Point, type Space, type Value, valueAt, valueCount } from "../space.ts";
import { encode, isContinuous } from "./encoding.ts";

export interface Acquisition {
  /** At the coordinates of a point. */
  value(input: Float64Array): number;
  /** The value and its derivatives by every continuous coordinate. */
  slopes(input: Float64Array): { readonly value: number; readonly gradient: Float64Array };
}

export interface Search {
  readonly space: Space;
  readonly acquisition: Acquisition;
  /** Points to look around, the most promising first. */
  readonly centres: readonly Point[];
  /** Whether a point may be proposed. */
  isNew(point: Point): boolean;
  /** Decides which points are compared. */
  readonly seed: number;
}

interface Candidate {
  /** A fraction for every dimension, also for those that do not exist at the point. */
  readonly fractions: Float64Array<ArrayBuffer>;
  readonly point: Point;
  readonly value: number;
}

/** Up to this many points are all compared. */
const COMPLETE = 2000;
const SPREAD = 192;
/** Standard deviations of the steps around a centre, as fractions of a dimension. */
const STEPS = [0.2, 0.05, 0.01, 0.002];
const PER_STEP = 12;
const CLIMBS = 5;
/** Two starts of a climb differ by more than this fraction in some dimension. */
const APART = 0.02;
const ROUNDS = 4;
const EVALUATIONS = 40;

/** @returns null where no new point was found */
export function largest(search: Search): Point | null {
  const { space } = search;
  const points = everyPoint(space);
  if (points !== null)
    return bestOf(points.filter(search.isNew).map((point) => ({ point, value: search.acquisition.value(encode(space, point)) })))?.point ?? null;
  const sequence = new SobolSequence(search.seed);
  const spread = Array.from({ length: SPREAD }, (_, i) => Float64Array.from(space, (_, d) => sequence.at(i, d)));
  const candidates = [...spread, ...around(search)].map((fractions) => candidateAt(search, fractions)).sort((a, b) => b.value - a.value);
  const starts: Candidate[] = [];
  for (const candidate of candidates) {
    if (starts.length === CLIMBS) break;
    if (starts.every((other) => candidate.fractions.some((each, d) => Math.abs(each - at(other.fractions, d)) > APART))) starts.push(candidate);
  }
  const best = bestOf(starts.map((start) => improved(search, start)));
  return best === undefined || best.value === Number.NEGATIVE_INFINITY ? null : best.point;
}

function bestOf<T extends { readonly value: number }>(candidates: readonly T[]): T | undefined {
  return candidates.reduce<T | undefined>((a, b) => (a === undefined || b.value > a.value ? b : a), undefined);
}

/** Every point of a space; null where they are too many. */
function everyPoint(space: Space): readonly Point[] | null {
  let points: readonly Point[] = [{}];
  for (const dimension of space) {
    const count = valueCount(dimension);
    if (count > COMPLETE) return null;
    const values = Array.from({ length: count }, (_, k) => valueNumber(dimension, k));
    points = points.flatMap((point) => (exists(dimension, point) ? values.map((value) => ({ ...point, [dimension.name]: value })) : [point]));
    if (points.length > COMPLETE) return null;
  }
  return points;
}

/** The k-th value of a discrete dimension. */
function valueNumber(dimension: Dimension, k: number): Value {
  return dimension.type === "integer" && dimension.log ? dimension.min + k : valueAt(dimension, (k + 0.5) / valueCount(dimension));
}

function candidateAt({ space, acquisition, isNew }: Search, fractions: Float64Array<ArrayBuffer>): Candidate {
  const point = makePoint(space, (dimension, d) => valueAt(dimension, at(fractions, d)));
  return { fractions, point, value: isNew(point) ? acquisition.value(encode(space, point)) : Number.NEGATIVE_INFINITY };
}

/** Points near the centres: some dimensions move, by steps of several sizes, and the others stay. */
function around({ space, centres, seed }: Search): readonly Float64Array<ArrayBuffer>[] {
  const draws = new RandomStream(seed, "gaussian/around");
  const steps = new RandomStream(seed, "gaussian/steps");
  let counter = 0;
  return centres.flatMap((centre) =>
    STEPS.flatMap((size) =>
      Array.from({ length: PER_STEP }, () => {
        const moving = Math.max(2 / space.length, draws.uniform(counter++));
        return Float64Array.from(space, (dimension) => {
          const value = Object.hasOwn(centre, dimension.name) ? centre[dimension.name] : undefined;
          counter++;
          if (value === undefined || !accepts(dimension, value)) return draws.uniform(counter++);
          const fraction = fractionOf(dimension, value);
          if (draws.uniform(counter++) >= moving) return fraction;
          if (dimension.type === "choice") return draws.uniform(counter++);
          // A discrete dimension moves by about one value at least.
          const step = Math.max(size, isContinuous(dimension) ? 0 : 1 / valueCount(dimension));
          return Math.min(Math.max(fraction + step * steps.normal(counter), 0), 1);
        });
      }),
    ),
  );
}

function improved(search: Search, start: Candidate): Candidate {
  let best = start;
  for (let round = 0; round < ROUNDS; round++) {
    const climbed = climb(search, best);
    best = stepped(search, climbed);
    if (best === climbed) break;
  }
  return best;
}

/** Along the gradient of the continuous dimensions that exist at the point. */
function climb(search: Search, start: Candidate): Candidate {
  const { space, acquisition } = search;
  const moving = [...space.keys()].filter((d) => isContinuous(at(space, d)) && exists(at(space, d), start.point));
  if (moving.length === 0) return start;
  const input = encode(space, start.point);
  const { x } = minimize(
    (fractions, gradient) => {
      for (const [i, d] of moving.entries()) input[d] = at(fractions, i);
      const slopes = acquisition.slopes(input);
      for (const [i, d] of moving.entries()) gradient[i] = -at(slopes.gradient, d);
      return -slopes.value;
    },
    moving.map((d) => at(input, d)),
    { lower: moving.map(() => 0), upper: moving.map(() => 1) },
    EVALUATIONS,
    1e-4,
  );
  const fractions = start.fractions.slice();
  for (const [i, d] of moving.entries()) fractions[d] = at(x, i);
  const end = candidateAt(search, fractions);
  return end.value > start.value ? end : start;
}

/** The best of the points that differ in one discrete dimension; the start itself where none is better. */
function stepped(search: Search, start: Candidate): Candidate {
  let best = start;
  for (const [d, dimension] of search.space.entries()) {
    if (isContinuous(dimension) || !exists(dimension, start.point)) continue;
    for (const fraction of otherFractions(dimension, at(start.fractions, d))) {
      const candidate = candidateAt(search, start.fractions.with(d, fraction));
      if (candidate.value > best.value) best = candidate;
    }
  }
  return best;
}

/** Where other values of a discrete dimension are: all of them where they are few, else those 1, 2, 4 … equal parts of the scale away. */
function otherFractions(dimension: Dimension, fraction: number): readonly number[] {
  const count = valueCount(dimension);
  const here = Math.min(Math.floor(fraction * count), count - 1);
  const steps = Array.from({ length: Math.ceil(Math.log2(count)) }, (_, i) => 2 ** i);
  const there = count <= 12 ? [...new Array(count).keys()] : steps.flatMap((step) => [here - step, here + step]);
  return there.filter((k) => k !== here && k >= 0 && k < count).map((k) => (k + 0.5) / count);
}
