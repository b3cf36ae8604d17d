/**
 * Grid search: every combination of the dimensions' values, in a shuffled order, so that a study which ends early has seen all parts of the space.
 *
 * Conditions make the space a forest: the combinations of a dimension are, for each of its values, those of the dimensions that exist with it. So the
 * combination with a number is found without listing the others, and the order is a permutation of the numbers by a Feistel network.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer } from "../../kit/schema.ts";
import { RandomStream } from "../../math/random.ts";
import type { SamplerDefinition } from "./sampler.ts";
import { type Dimension, type Point, pointKey, type Space, type Value, valueAt, valueCount } from "./space.ts";

const schema = z.strictObject({
  type: z.literal("grid"),
  points: integer({
    default: 5,
    min: 2,
    max: 1000,
    title: { en: "Points per axis", ko: "축마다 점의 수" },
    description: {
      en: "How many values of a continuous or logarithmic number are tried, both ends included. Steps, whole numbers and choices are tried in full.",
      ko: "연속적이거나 로그 눈금인 수에서 시도할 값의 개수. 양 끝을 포함합니다. 단계, 정수, 선택지는 모두 시도합니다.",
    },
  }),
});

/** Above this many combinations their numbers are not exact; they are then drawn. */
const MOST_NUMBERED = 2 ** 52;

/** A dimension and the combinations that it begins. */
interface Branch {
  readonly axis: Axis;
  /** For each of its values the dimensions that exist with it, and the number of their combinations; null where no condition names the dimension. */
  readonly below: readonly { readonly branches: readonly Branch[]; readonly size: number }[] | null;
  readonly size: number;
}

/** The values that are tried of a dimension. */
interface Axis {
  readonly name: string;
  readonly count: number;
  value(index: number): Value;
}

export const grid = {
  title: { en: "Grid", ko: "격자" },
  summary: {
    en: "Every combination of the values, in a shuffled order, until all have been tried. Complete, but the number of trials grows with every field.",
    ko: "값의 모든 조합을 섞인 순서로, 다 시도할 때까지 시도합니다. 빠짐이 없지만 필드가 늘 때마다 시행 수가 몇 배로 늘어납니다.",
  },
  source: "Fisher 1935 (factorial designs)",
  schema,
  propose: ({ space, observations, seed }, { points }) => {
    const roots = branchesOf(space, points);
    const total = productOf(roots);
    const tried = new Set(observations.map(({ point }) => pointKey(space, point)));
    for (let i = 0; i < total; i++) {
      const point = total <= MOST_NUMBERED ? numbered(roots, shuffled(i, total, seed)) : drawn(roots, new RandomStream(seed, `sampler/grid/${i}`));
      if (!tried.has(pointKey(space, point))) return point;
    }
    return null;
  },
  samples: [{}, { points: 3 }],
} satisfies SamplerDefinition<z.output<typeof schema>>;

/** The dimensions without a condition, or those that exist where another one has a value. */
function branchesOf(space: Space, points: number, parent?: { readonly name: string; readonly value: Value }): readonly Branch[] {
  const here = space.filter(({ when }) => (parent === undefined ? when === undefined : when?.name === parent.name && when.values.includes(parent.value)));
  return here.map((dimension) => {
    const { name } = dimension;
    const axis = axisOf(dimension, points);
    if (space.every(({ when }) => when?.name !== name)) return { axis, below: null, size: axis.count };
    const below = Array.from({ length: axis.count }, (_, i) => {
      const branches = branchesOf(space, points, { name, value: axis.value(i) });
      return { branches, size: productOf(branches) };
    });
    return { axis, below, size: below.reduce((sum, { size }) => sum + size, 0) };
  });
}

function productOf(branches: readonly Branch[]): number {
  return branches.reduce((product, { size }) => product * size, 1);
}

/** All values of a discrete dimension; evenly spaced ones of a continuous one, and of whole numbers on a logarithmic scale. */
function axisOf(dimension: Dimension, points: number): Axis {
  const { name } = dimension;
  const count = valueCount(dimension);
  const logarithmic = dimension.type !== "choice" && dimension.log;
  if (count > points && (logarithmic || count === Number.POSITIVE_INFINITY)) {
    const values = [...new Set(Array.from({ length: points }, (_, i) => valueAt(dimension, i / (points - 1))))];
    return { name, count: values.length, value: (i) => at(values, i) };
  }
  if (dimension.type === "integer" && logarithmic) return { name, count, value: (i) => dimension.min + i };
  return { name, count, value: (i) => valueAt(dimension, (i + 0.5) / count) };
}

/** The combination with a number from 0 to the product of the sizes − 1. */
function numbered(branches: readonly Branch[], number: number): Point {
  const point: Record<string, Value> = {};
  let rest = number;
  for (const { axis, below, size } of branches) {
    let inside = rest % size;
    rest = Math.floor(rest / size);
    if (below === null) {
      point[axis.name] = axis.value(inside);
      continue;
    }
    let i = 0;
    while (inside >= at(below, i).size) inside -= at(below, i++).size;
    point[axis.name] = axis.value(i);
    Object.assign(point, numbered(at(below, i).branches, inside));
  }
  return point;
}

/** A combination at random. */
function drawn(branches: readonly Branch[], draws: RandomStream, counter = { next: 0 }): Point {
  const point: Record<string, Value> = {};
  for (const { axis, below } of branches) {
    const i = draws.below(axis.count, counter.next++);
    point[axis.name] = axis.value(i);
    if (below !== null) Object.assign(point, drawn(at(below, i).branches, draws, counter));
  }
  return point;
}

/** A permutation of 0 … total − 1: a Feistel network on the next even number of bits, applied until it lands below the total (cycle walking). */
function shuffled(number: number, total: number, seed: number): number {
  const half = 2 ** Math.max(1, Math.ceil(Math.log2(total) / 2));
  const rounds = new RandomStream(seed, "sampler/grid");
  let result = number;
  do {
    let [left, right] = [Math.floor(result / half), result % half];
    // A round's hash of the right half; halves have at most 26 bits, and four rounds' counters do not meet.
    for (let round = 0; round < 4; round++) [left, right] = [right, (left + rounds.below(half, right * 4 + round)) % half];
    result = left * half + right;
  } while (result >= total);
  return result;
}
