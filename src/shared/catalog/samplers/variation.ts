/** What evolution does with points: draws them at random and changes single values. */
import { at } from "../../kit/fault.ts";
import type { Draws } from "./draws.ts";
import type { SamplerTask } from "./sampler.ts";
import { accepts, type Dimension, fractionOf, makePoint, type Point, pointKey, type Space, type Value, valueAt, valueCount } from "./space.ts";

/** Standard deviation of a change of a number, as a fraction of its range. */
const STEP = 0.2;
/** Changes that are tried until a point is new. */
const ATTEMPTS = 20;

export function randomPoint(space: Space, draws: Draws): Point {
  return makePoint(space, (dimension) => valueAt(dimension, draws.uniform()));
}

/** The point's value of a dimension, if it has one that the space still allows. */
export function valueOfPoint(point: Point, dimension: Dimension): Value | undefined {
  const value = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
  return value !== undefined && accepts(dimension, value) ? value : undefined;
}

/** The dimensions of a point that can change. */
function changeable(space: Space, point: Point): readonly Dimension[] {
  return space.filter((dimension) => valueCount(dimension) > 1 && valueOfPoint(point, dimension) !== undefined);
}

/** Another value of the same dimension: any other choice, or a number a normal step away. */
export function otherValue(dimension: Dimension, value: Value, draws: Draws): Value {
  if (dimension.type === "choice") {
    const others = dimension.values.filter((each) => each !== value);
    return at(others, draws.below(others.length));
  }
  const from = fractionOf(dimension, value);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const moved = valueAt(dimension, reflected(from + STEP * draws.normal()));
    if (moved !== value) return moved;
  }
  return valueAt(dimension, draws.uniform());
}

/** The fraction inside [0, 1] that mirrors lead to. */
function reflected(fraction: number): number {
  const within = Math.abs(fraction) % 2;
  return within > 1 ? 2 - within : within;
}

/** The point with one dimension changed. What then begins to exist is drawn, what no longer exists is left out. */
export function mutated(space: Space, point: Point, draws: Draws): Point {
  const dimensions = changeable(space, point);
  const chosen = dimensions.length === 0 ? null : at(dimensions, draws.below(dimensions.length));
  return makePoint(space, (dimension) => {
    const value = valueOfPoint(point, dimension);
    if (value === undefined) return valueAt(dimension, draws.uniform());
    return dimension === chosen ? otherValue(dimension, value, draws) : value;
  });
}

/** The point itself if it was not tried yet, otherwise one that differs in as few dimensions as it takes; the last attempt in a space that is nearly used up. */
export function untried({ space, observations }: SamplerTask, point: Point, draws: Draws): Point {
  const tried = new Set(observations.map((each) => pointKey(space, each.point)));
  let candidate = point;
  for (let attempt = 0; attempt < ATTEMPTS && tried.has(pointKey(space, candidate)); attempt++) candidate = mutated(space, candidate, draws);
  return candidate;
}
