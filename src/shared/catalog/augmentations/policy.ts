/**
 * The fourteen operations that RandAugment and TrivialAugment choose from, as listed by torchvision. The operation of each sample is chosen outside
 * the graph. The graph has one slot per operation in the sequence: a resampling, a blend, and the operations on levels; those that were not chosen
 * are neutral or disabled.
 *
 * Unlike torchvision, it uses linear sampling instead of the nearest pixel, and shears about the image's centre instead of its corner.
 */

import { add, greater, max, mul, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import type { ApplyContext } from "./augmentation.ts";
import { blended, grayOf, meanOf, smoothed } from "./colour.ts";
import { autoContrasted, equalized, posterized, solarized } from "./levels.ts";
import { MAP_WIDTH, type Movement, mapNumbers, mapOf, moveInPlane, STILL } from "./planar.ts";
import type { SampleRandom } from "./sampleRandom.ts";

export const operations = [
  "identity",
  "shearX",
  "shearY",
  "translateX",
  "translateY",
  "rotate",
  "brightness",
  "color",
  "contrast",
  "sharpness",
  "posterize",
  "solarize",
  "autoContrast",
  "equalize",
] as const;

export type PolicyOperation = (typeof operations)[number];

/** The operations' ranges at full strength. */
export interface PolicyRanges {
  /** Tangent of the shear angle. */
  readonly shear: number;
  /** In pixels, for an axis of this size. */
  translate(size: number): number;
  /** In degrees. */
  readonly rotate: number;
  /** Change in the factor of brightness, color, contrast and sharpness. */
  readonly enhance: number;
  /** Bits that posterize drops. */
  readonly bits: number;
}

/** Indices of a slot's numbers. */
const MOVED = 0;
const MAP = 1;
const FACTOR = MAP + MAP_WIDTH;
const TO_MEAN = FACTOR + 1;
const TO_GRAY = FACTOR + 2;
const TO_SMOOTH = FACTOR + 3;
const STEP = FACTOR + 4;
const THRESHOLD = FACTOR + 5;
const STRETCHED = FACTOR + 6;
const EQUALIZED = FACTOR + 7;
export const SLOT_WIDTH = FACTOR + 8;

/** Above every value, so that nothing is inverted. */
const NO_THRESHOLD = 2;

/**
 * The `SLOT_WIDTH` numbers of one slot.
 * @param strength from 0 to 1, with a sign for operations in two directions
 */
export function slotNumbers(operation: PolicyOperation, strength: number, ranges: PolicyRanges, shape: readonly number[]): readonly number[] {
  const numbers = new Array<number>(SLOT_WIDTH).fill(0);
  const set = (place: number, ...values: readonly number[]) => {
    for (const [i, value] of values.entries()) numbers[place + i] = value;
  };
  set(MAP, ...mapNumbers(STILL, shape));
  set(FACTOR, 1);
  set(THRESHOLD, NO_THRESHOLD);
  const movement = (by: Movement) => set(MOVED, 1, ...mapNumbers(mapOf(by), shape));
  const slant = (Math.atan(ranges.shear * strength) * 180) / Math.PI;
  const [, height = 1, width = 1] = shape;
  const factor = 1 + ranges.enhance * strength;
  const dropped = Math.round(ranges.bits * Math.abs(strength));
  switch (operation) {
    case "identity":
      break;
    case "shearX":
      movement({ shearX: slant });
      break;
    case "shearY":
      movement({ shearY: slant });
      break;
    case "translateX":
      movement({ right: ranges.translate(width) * strength });
      break;
    case "translateY":
      movement({ down: ranges.translate(height) * strength });
      break;
    case "rotate":
      movement({ rotate: ranges.rotate * strength });
      break;
    case "brightness":
      set(FACTOR, factor);
      break;
    case "contrast":
      set(FACTOR, factor, 1);
      break;
    case "color":
      set(FACTOR, factor, 0, 1);
      break;
    case "sharpness":
      set(FACTOR, factor, 0, 0, 1);
      break;
    case "posterize":
      if (dropped > 0) set(STEP, 2 ** dropped);
      break;
    case "solarize":
      if (strength !== 0) set(THRESHOLD, 1 - Math.abs(strength));
      break;
    case "autoContrast":
      set(STRETCHED, 1);
      break;
    case "equalize":
      set(EQUALIZED, 1);
      break;
  }
  return numbers;
}

/** A random operation for one slot, with a random sign of its strength; null for the identity. */
export function drawSlot(random: SampleRandom, strength: number, ranges: PolicyRanges, shape: readonly number[]): readonly number[] | null {
  const operation = at(operations, random.below("operation", operations.length));
  return operation === "identity" ? null : slotNumbers(operation, strength * random.sign("side"), ranges, shape);
}

/** @param first index of the slot's first number */
export function applySlot<C>(context: ApplyContext<C>, first: number): Value {
  const { x, shape, batch } = context;
  const number = (i: number) => context.number(first + i);
  const chosen = (i: number) => greater(number(i), 0.5);
  const moved = where(chosen(MOVED), moveInPlane(context, first + MAP, "zeros"), x);
  const gray = grayOf(moved, shape);
  const without = [mul(meanOf(gray), number(TO_MEAN)), mul(gray, number(TO_GRAY)), mul(smoothed(moved, shape), number(TO_SMOOTH))].reduce((sum, part) =>
    add(sum, part),
  );
  // Blending with black at factor 1 leaves all bits unchanged.
  const lit = blended(moved, without, number(FACTOR));
  const fewer = where(chosen(STEP), posterized(lit, max(number(STEP), 1)), lit);
  const inverted = solarized(fewer, number(THRESHOLD));
  const stretched = where(chosen(STRETCHED), autoContrasted(inverted), inverted);
  return where(chosen(EQUALIZED), equalized(stretched, shape, batch), stretched);
}
