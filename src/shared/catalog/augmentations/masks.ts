/** Stretches of one axis that are hidden (SpecAugment: Park et al. 2019, arXiv:1904.08779, section 2). */
import type { Value } from "../../graph/builder.ts";
import { add, cast, greaterOrEqual, less, max, mul, neg } from "../../graph/functions.ts";
import type { ApplyContext, DrawContext } from "./augmentation.ts";

interface MaskConfig {
  readonly masks: number;
  readonly share: number;
}

/** Begin and end of every stretch. */
export function drawMasks<C extends MaskConfig>({ config: { masks, share }, random }: DrawContext<C>, length: number): readonly number[] | null {
  if (share === 0) return null;
  return Array.from({ length: masks }, (_, i) => {
    const size = Math.min(length, Math.max(1, Math.round(random.uniform(`size/${i}`) * share * length)));
    const begin = random.below(`begin/${i}`, length - size + 1);
    return [begin, begin + size];
  }).flat();
}

/** @param axis of one sample, from the end: −1 is the last */
export function applyMasks<C extends MaskConfig>({ x, number, shape, config: { masks } }: ApplyContext<C>, axis: -1 | -2): Value {
  const length = shape.at(axis) ?? 1;
  const along = shape.map((_, i) => (i === shape.length + axis ? length : 1));
  const place = x.builder.innermost.constant(
    Array.from({ length }, (_, i) => i),
    [1, ...along],
    "float32",
    `mask/place/${axis}/${length}`,
  );
  const inside = Array.from({ length: masks }, (_, i) =>
    mul(cast(greaterOrEqual(place, number(2 * i)), "float32"), cast(less(place, number(2 * i + 1)), "float32")),
  );
  const hidden = inside.reduce((all, each) => max(all, each));
  return mul(x, add(neg(hidden), 1));
}
