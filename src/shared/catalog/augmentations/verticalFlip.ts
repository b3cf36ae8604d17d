/** Flips an image or volume top to bottom. */
import { z } from "zod";
import { slice } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("verticalFlip"), probability: probabilityField(0.5) });

export const verticalFlip = {
  title: { en: "Vertical flip", ko: "상하 뒤집기" },
  summary: {
    en: "Flips top to bottom. For images in which no direction is up: cells, tissue, aerial images.",
    ko: "위아래를 뒤집습니다. 세포, 조직, 항공 사진처럼 위아래가 없는 이미지에 알맞습니다.",
  },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape }) => slice(x, [-1], [-1 - (shape.at(-2) ?? 1)], [shape.length - 1], [-1]),
  expected: ({ sample }) => sample.moved((place) => place.with(-2, at(sample.shape, sample.shape.length - 2) - 1 - at(place, place.length - 2)), "border"),
  identities: [],
  samples: [
    { config: {}, shape: [1, 4, 5] },
    { config: {}, shape: [2, 2, 3, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
