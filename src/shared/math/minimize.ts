/**
 * The minimum of a smooth function inside a box: L-BFGS with the step projected onto the box, and with the coordinates that a bound holds left out of
 * the step (J. Nocedal, "Updating quasi-Newton matrices with limited storage", 1980; D. P. Bertsekas, "Projected Newton methods", 1982).
 */
import { at } from "../kit/fault.ts";
import { dot } from "./cholesky.ts";

/** Writes the gradient at x into `gradient` and returns the value; a value that is not finite is treated as too large. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
}

export interface Box {
  /** One bound per coordinate. */
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

const MEMORY = 8;
const SUFFICIENT = 1e-4;

/**
 * @param start one number per coordinate; it is moved into the box
 * @param evaluations the most often that the function is called
 * @param tolerance it ends where a step improves the value by less than this
 */
export function minimize(smooth: Smooth, start: ArrayLike<number>, { lower, upper }: Box, evaluations: number, tolerance: number): Minimum {
  const size = start.length;
  const into = (value: number, i: number) => Math.min(Math.max(value, at(lower, i)), at(upper, i));
  let x = Float64Array.from(start, into);
  let gradient = new Float64Array(size);
  let value = smooth(x, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  let used = 1;
  while (used < evaluations && Number.isFinite(value)) {
    const free = gradient.map((g, i) => ((at(x, i) <= at(lower, i) && g > 0) || (at(x, i) >= at(upper, i) && g < 0) ? 0 : 1));
    const direction = quasiNewton(gradient, free, steps, changes);
    if (!(dot(direction, 0, gradient, 0, size) < 0)) {
      if (steps.length === 0) break;
      steps.length = changes.length = 0;
      continue;
    }
    const next = searchLine(direction);
    if (next === null) {
      if (steps.length === 0) break;
      steps.length = changes.length = 0;
      continue;
    }
    const step = next.x.map((each, i) => each - at(x, i));
    const change = next.gradient.map((each, i) => each - at(gradient, i));
    if (dot(step, 0, change, 0, size) > 1e-12 * dot(change, 0, change, 0, size)) {
      steps.push(step);
      changes.push(change);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = value - next.value;
    ({ x, gradient, value } = next);
    if (gain < tolerance) break;
  }
  return { x, value };

  /** Halves the step until the value falls enough; null where no step does. */
  function searchLine(direction: Float64Array): { x: Float64Array<ArrayBuffer>; gradient: Float64Array<ArrayBuffer>; value: number } | null {
    // Without curvature the first step is at most a tenth of the box in every coordinate.
    const longest = direction.reduce((most, each, i) => Math.max(most, Math.abs(each) / (at(upper, i) - at(lower, i) || 1)), 0);
    let length = steps.length === 0 ? 0.1 / longest : 1;
    for (; used < evaluations; length /= 2) {
      const nextX = x.map((each, i) => into(each + length * at(direction, i), i));
      let slope = 0;
      for (let i = 0; i < size; i++) slope += at(gradient, i) * (at(nextX, i) - at(x, i));
      if (!(slope < -1e-14 * Math.abs(value))) return null;
      const nextGradient = new Float64Array(size);
      const nextValue = smooth(nextX, nextGradient);
      used++;
      if (nextValue <= value + SUFFICIENT * slope) return { x: nextX, gradient: nextGradient, value: nextValue };
    }
    return null;
  }
}

/** −H g over the free coordinates, by the two loops over the remembered steps; 0 for the others. */
function quasiNewton(gradient: Float64Array, free: Float64Array, steps: readonly Float64Array[], changes: readonly Float64Array[]): Float64Array {
  const size = gradient.length;
  const mask = (vector: Float64Array) => vector.map((each, i) => each * at(free, i));
  const direction = mask(gradient).map((each) => -each);
  const pairs = steps.flatMap((step, index) => {
    const [s, y] = [mask(step), mask(at(changes, index))];
    const curvature = dot(s, 0, y, 0, size);
    return curvature > 0 ? [{ s, y, curvature }] : [];
  });
  const weights: number[] = [];
  for (const { s, y, curvature } of pairs.toReversed()) {
    const weight = dot(s, 0, direction, 0, size) / curvature;
    weights.unshift(weight);
    add(direction, -weight, y);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.y, 0, last.y, 0, size);
    for (let i = 0; i < size; i++) direction[i] = at(direction, i) * scale;
  }
  for (const [index, { s, y, curvature }] of pairs.entries()) add(direction, at(weights, index) - dot(y, 0, direction, 0, size) / curvature, s);
  return direction;
}

function add(target: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = at(target, i) + factor * at(vector, i);
}
