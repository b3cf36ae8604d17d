/** Masks of SpecAugment (Park et al. 2019), which hide intervals along time or frequency. */

import { and, greaterOrEqual, less, or, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { choice, integer, real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { ApplyContext } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import type { SampleRandom } from "./sampleRandom.ts";
import { stepsOf } from "./time.ts";

export const masksField = (what: Words) =>
  integer({
    default: 2,
    min: 1,
    max: 8,
    search: [1, 3],
    title: { en: "Masks", ko: "가림 수" },
    description: {
      en: `Number of intervals of ${what.en} that are hidden in a sample; they may overlap. Changing it compiles the program again.`,
      ko: `한 표본에서 가리는 ${what.ko} 구간의 수. 서로 겹칠 수 있습니다. 값을 바꾸면 프로그램을 다시 컴파일합니다.`,
    },
  });

export const shareField = (share: number, description: Words) =>
  real({ default: share, min: 0, max: 1, step: 0.01, search: [0, 0.3], title: { en: "Largest size", ko: "최대 크기" }, description });

export const fillField = () =>
  choice(
    { zero: { en: "Zero", ko: "0" }, mean: { en: "Mean", ko: "평균" } },
    {
      default: "zero",
      title: { en: "Fill", ko: "채우기" },
      description: {
        en: "What fills the masks: zero (of a signal the mean of every channel, of a spectrogram its lowest level), or the sample's own mean.",
        ko: "가린 자리를 채우는 것: 0(신호에서는 채널마다 평균, 스펙트로그램에서는 가장 낮은 값) 또는 표본의 평균.",
      },
    },
  );

/** Number of numbers per mask: its start and its end. */
export const MASK_WIDTH = 2;

/** Draws each length uniformly from 0 … share · size (at least 1), then a uniform position where the mask fits; null if all lengths are 0. */
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

/** Hides all positions of x inside a mask along an axis of the sample, counted from the end (−1: the last). */
export function masked<C extends { readonly masks: number; readonly fill: "zero" | "mean" }>(
  { x, number, config: { masks, fill }, shape }: Pick<ApplyContext<C>, "x" | "number" | "config" | "shape">,
  axis: -1 | -2,
): Value {
  const step = stepsOf(x, at(shape, shape.length + axis), axis);
  const inside = Array.from({ length: masks }, (_, i) => and(greaterOrEqual(step, number(MASK_WIDTH * i)), less(step, number(MASK_WIDTH * i + 1))));
  const hidden = inside.reduce((any, mask) => or(any, mask));
  return fill === "zero" ? where(hidden, x.builder.innermost.scalar(0), x) : where(hidden, meanOf(x), x);
}
