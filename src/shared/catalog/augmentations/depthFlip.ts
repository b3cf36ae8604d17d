/** Flips a volume front to back. */
import { z } from "zod";
import { slice } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("depthFlip"), probability: probabilityField(0.5) });

export const depthFlip = {
  title: { en: "Depth flip", ko: "앞뒤 뒤집기" },
  summary: {
    en: "Flips front to back, plane by plane. Not where the order of the planes carries meaning, as in video.",
    ko: "면의 순서를 앞뒤로 뒤집습니다. 동영상처럼 면의 순서에 뜻이 있으면 쓰지 마세요.",
  },
  kinds: ["volume"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape }) => slice(x, [-1], [-1 - (shape.at(-3) ?? 1)], [shape.length - 2], [-1]),
  expected: ({ sample }) => sample.moved(([plane = 0, ...rest]) => [at(sample.shape, 1) - 1 - plane, ...rest], "border"),
  identities: [],
  samples: [
    { config: {}, shape: [1, 3, 4, 5] },
    { config: {}, shape: [2, 2, 3, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
