/** The points of a space at which a study is checked before it starts: its corners, every choice, and some random points. */
import { type Dimension, exists, makePoint, type Point, pointKey, type Space, valueAt } from "../catalog/samplers/space.ts";
import { RandomStream } from "../math/random.ts";

/** A share of n random points has a standard error of at most ½ / √n: 6 percentage points here. */
const RANDOM_POINTS = 64;

export function cornerPoints(space: Space): readonly Point[] {
  const at = (fraction: number) => makePoint(space, (dimension) => valueAt(dimension, fraction));
  const choices = space.flatMap((dimension) => (dimension.type === "choice" ? dimension.values.map((value) => ({ dimension, value })) : []));
  const points = [at(0), at(1), ...choices.map(({ dimension, value }) => makePoint(space, (each) => (each === dimension ? value : valueAt(each, 0.5))))];
  return distinct(space, points);
}

/** Uniform over the space; the share of those that can be trained estimates that of the space. */
export function randomPoints(space: Space, seed: number): readonly Point[] {
  return Array.from({ length: RANDOM_POINTS }, (_, index) => {
    const draws = new RandomStream(seed, `probe/${index}`);
    return makePoint(space, (dimension, place) => valueAt(dimension, draws.uniform(place)));
  });
}

/** Number of different points; null for infinitely many, or too many to count. */
export function pointCount(space: Space, valueCount: (dimension: Dimension) => number): number | null {
  if (space.some((dimension) => !Number.isFinite(valueCount(dimension)))) return null;
  if (space.every(({ when }) => when === undefined)) {
    const product = space.reduce((count, dimension) => count * valueCount(dimension), 1);
    return Number.isSafeInteger(product) ? product : null;
  }
  return countBranches(space, valueCount);
}

/** Branches only on dimensions that others depend on; the rest multiply. */
function countBranches(space: Space, valueCount: (dimension: Dimension) => number): number | null {
  const parents = new Set(space.flatMap(({ when }) => (when === undefined ? [] : [when.name])));
  let branches: readonly { readonly point: Point; readonly count: number }[] = [{ point: {}, count: 1 }];
  for (const dimension of space) {
    branches = branches.flatMap(({ point, count }) => {
      if (!exists(dimension, point)) return [{ point, count }];
      const values = valueCount(dimension);
      if (!parents.has(dimension.name)) return [{ point, count: count * values }];
      return Array.from({ length: values }, (_, i) => ({ point: { ...point, [dimension.name]: valueAt(dimension, (i + 0.5) / values) }, count }));
    });
    if (branches.length > 10_000) return null;
  }
  const total = branches.reduce((sum, { count }) => sum + count, 0);
  return Number.isSafeInteger(total) ? total : null;
}

function distinct(space: Space, points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [pointKey(space, point), point])).values()];
}
