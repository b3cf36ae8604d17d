/** Stretches of an axis that are hidden: the masks of SpecAugment (Park et al. 2019), along time or along frequency. */

import { and, greaterOrEqual, less, or, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { choice, integer, real } from "../../kit/schema.ts";
import type { ApplyContext } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import type { SampleRandom } from "./sampleRandom.ts";
import { stepsOf } from "./time.ts";

export const masksField = (what: string) =>
  integer({
    default: 2,
    min: 1,
    max: 8,
    search: [1, 3],
    title: "Masks",
    description: `How many stretches of ${what} are hidden in a sample; they may overlap. Another number builds the program anew.`,
  });

export const shareField = (share: number, description: string) =>
  real({ default: share, min: 0, max: 1, step: 0.01, search: [0, 0.3], title: "Share", description });

export const fillField = () =>
  choice(["zero", "mean"], {
    default: "zero",
    title: "Fill",
    description: "What stands in the masks: zero (of a signal every channel's mean, of a spectrogram its lowest level), or the sample's own mean.",
  });

/** Numbers that one mask takes: where it begins, and where it has ended. */
export const MASK_WIDTH = 2;

/** Lengths uniform on 0 … share · size (at least 1), then a place uniform where the mask fits; null where all are of length 0. */
export function drawMasks({ masks, share }: { readonly masks: number; readonly share: number }, size: number, random: SampleRandom): readonly number[] | null {
  if (share === 0) return null;
  const longest = Math.max(1, Math.round(share * size));
  const drawn = Array.from({ length: masks }, (_, i) => {
    const length = random.below(`length/${i}`, longest + 1);
    const begin = random.below(`begin/${i}`, size - length + 1);
    return [begin, begin + length] as const;
  });
  return drawn.every(([begin, end]) => begin === end) ? null : drawn.flat();
}

/** x with every place hidden that lies in a mask along an axis of the sample, counted from its end (−1: the last). */
export function masked<C extends { readonly masks: number; readonly fill: "zero" | "mean" }>(
  { x, number, config: { masks, fill }, shape }: Pick<ApplyContext<C>, "x" | "number" | "config" | "shape">,
  axis: -1 | -2,
): Value {
  const step = stepsOf(x, at(shape, shape.length + axis), axis);
  const inside = Array.from({ length: masks }, (_, i) => and(greaterOrEqual(step, number(MASK_WIDTH * i)), less(step, number(MASK_WIDTH * i + 1))));
  const hidden = inside.reduce((any, mask) => or(any, mask));
  return fill === "zero" ? where(hidden, x.builder.innermost.scalar(0), x) : where(hidden, meanOf(x), x);
}
