/** Points of a space by a scrambled Sobol sequence: what the sampler of that name proposes, and what others start with. */
import { SobolSequence } from "../../math/sobol.ts";
import { makePoint, type Point, type Space, valueAt, valueCount } from "./space.ts";

/** @param index of the point in the sequence, from 0 */
export function quasiRandomPoint(space: Space, index: number, seed: number): Point {
  const sequence = new SobolSequence(seed);
  // The first dimensions of the sequence are the most even, so a dimension with a single value takes none of them.
  const place = placesOf(space);
  return makePoint(space, (dimension, i) => valueAt(dimension, sequence.at(index, place[i] ?? 0)));
}

function placesOf(space: Space): readonly number[] {
  let count = 0;
  return space.map((dimension) => (valueCount(dimension) > 1 ? count++ : 0));
}
