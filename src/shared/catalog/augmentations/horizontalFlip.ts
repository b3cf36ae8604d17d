/** Flips an image or volume left to right. */
import { z } from "zod";
import { slice } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("horizontalFlip"), probability: probabilityField(0.5) });

export const horizontalFlip = {
  title: { en: "Horizontal flip", ko: "좌우 뒤집기" },
  summary: {
    en: "Flips left to right. Not for digits and letters, whose mirror images are not digits or letters.",
    ko: "좌우를 뒤집습니다. 거울상이 다른 글자가 되는 숫자와 글자에는 쓰지 마세요.",
  },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape }) => slice(x, [-1], [-1 - (shape.at(-1) ?? 1)], [shape.length], [-1]),
  expected: ({ sample }) => sample.moved((place) => place.with(-1, at(sample.shape, sample.shape.length - 1) - 1 - at(place, place.length - 1)), "border"),
  identities: [],
  samples: [
    { config: {}, shape: [1, 4, 5] },
    { config: {}, shape: [2, 2, 3, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
