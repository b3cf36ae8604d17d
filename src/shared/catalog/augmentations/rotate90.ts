/** Rotation by multiples of 90°, without resampling, so that no value changes. */
import { z } from "zod";
import { less, slice, transpose, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("rotate90"), probability: probabilityField() });

const mirrored = (x: Value, axis: number, size: number): Value => slice(x, [-1], [-1 - size], [axis], [-1]);

export const rotate90 = {
  title: { en: "Quarter turns", ko: "90도 단위 회전" },
  summary: {
    en: "Rotates by 0, 90, 180 or 270 degrees with equal probability; images that are not square by 0 or 180. Loses no detail; for images in which no direction is up.",
    ko: "0, 90, 180, 270도를 같은 확률로 돌립니다. 정사각형이 아닌 이미지는 0도나 180도만 돌립니다. 세부가 사라지지 않으며, 위아래가 없는 이미지에 알맞습니다.",
  },
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ shape, random }) => {
    const quarters = shape[1] === shape[2] ? random.below("quarters", 4) : 2 * random.below("quarters", 2);
    return quarters === 0 ? null : [quarters];
  },
  apply: ({ x, number, shape }) => {
    const [, height = 1, width = 1] = shape;
    const half = mirrored(mirrored(x, 2, height), 3, width);
    if (height !== width) return half;
    // Counter-clockwise: the last column becomes the first row.
    const crossed = transpose(x, [0, 1, 3, 2]);
    const [once, thrice] = [mirrored(crossed, 2, height), mirrored(crossed, 3, width)];
    return where(less(number(0), 1.5), once, where(less(number(0), 2.5), half, thrice));
  },
  expected: ({ sample, random }) => {
    const [, height = 1, width = 1] = sample.shape;
    const quarters = height === width ? random.below("quarters", 4) : 2 * random.below("quarters", 2);
    // A counter-clockwise rotation by 90°: an output row comes from the column with the same index counted from the right.
    const once = ([row = 0, column = 0]: readonly number[]) => [column, width - 1 - row];
    if (quarters === 2) return sample.moved(([row = 0, column = 0]) => [height - 1 - row, width - 1 - column], "border");
    return Array.from({ length: quarters }).reduce<typeof sample>((turned) => turned.moved(once, "border"), sample);
  },
  identities: [],
  samples: [
    { config: {}, shape: [1, 5, 5] },
    { config: {}, shape: [3, 4, 6] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
