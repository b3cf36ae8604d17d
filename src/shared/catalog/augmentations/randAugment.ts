/** A sequence of random operations from fourteen, all at the same strength (Cubuk et al. 2020); ranges and list as in torchvision's RandAugment. */
import { z } from "zod";
import type { Value } from "../../graph/value.ts";
import { integer, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { operated } from "./plain/policy.ts";
import { applySlot, drawSlot, type PolicyRanges, SLOT_WIDTH, slotNumbers } from "./policy.ts";

const schema = z.strictObject({
  type: z.literal("randAugment"),
  probability: probabilityField(),
  operations: integer({
    default: 2,
    min: 0,
    max: 5,
    search: [1, 3],
    title: { en: "Operations", ko: "연산 수" },
    description: {
      en: "How many operations are applied one after another. 1 or 2 for small images, 2 or 3 for large ones. 0: off. Changing it compiles the program again.",
      ko: "차례로 적용하는 연산의 수. 작은 이미지에는 1~2, 큰 이미지에는 2~3. 0이면 끕니다. 값을 바꾸면 프로그램을 다시 컴파일합니다.",
    },
  }),
  magnitude: real({
    default: 9,
    min: 0,
    max: 30,
    step: 1,
    search: [2, 15],
    title: { en: "Magnitude", ko: "세기" },
    description: {
      en: "Strength of all operations, on a scale from 0 to 30. 5 to 9 for small images and small networks, 15 and more for large ones. The first value to tune.",
      ko: "모든 연산의 세기로, 0에서 30까지입니다. 작은 이미지와 작은 신경망에는 5~9, 큰 것에는 15 이상. 가장 먼저 조정할 값입니다.",
    },
  }),
});

const MOST = 30;

/** At magnitude 30. The maximum shift is 150 of 331 pixels. */
export const randAugmentRanges: PolicyRanges = { shear: 0.3, translate: (size) => (150 / 331) * size, rotate: 30, enhance: 0.9, bits: 4 };

export const randAugment = {
  title: { en: "RandAugment", ko: "RandAugment" },
  summary: {
    en: "A complete policy with two values: a few of fourteen operations are drawn for every sample, all at the same strength.",
    ko: "값이 두 개뿐인 완성된 정책입니다. 열네 가지 연산 가운데 몇 개를 표본마다 뽑아 모두 같은 세기로 적용합니다.",
  },
  source: "Cubuk et al. 2020, arXiv:1909.13719",
  kinds: ["image"],
  schema,
  structure: ["operations"],
  width: ({ operations }) => operations * SLOT_WIDTH,
  draw: ({ config: { operations, magnitude }, shape, random }) => {
    const slots = Array.from({ length: operations }, (_, i) => drawSlot(random.of(`${i}`), magnitude / MOST, randAugmentRanges, shape));
    if (slots.every((slot) => slot === null)) return null;
    return slots.flatMap((slot) => slot ?? slotNumbers("identity", 0, randAugmentRanges, shape));
  },
  apply: (context) =>
    Array.from({ length: context.config.operations }, (_, i) => i * SLOT_WIDTH).reduce<Value>((x, first) => applySlot({ ...context, x }, first), context.x),
  expected: ({ sample, config: { operations, magnitude }, random }) =>
    Array.from({ length: operations }, (_, i) => random.of(String(i))).reduce<typeof sample>(
      (so, own) => operated(so, own, magnitude / 30, { slant: 0.3, shift: (size) => (size * 150) / 331, degrees: 30, factor: 0.9, bits: 4 }),
      sample,
    ),
  identities: [{ operations: 0 }],
  samples: [
    { config: {}, shape: [1, 16, 17] },
    { config: { operations: 3, magnitude: 20 }, shape: [3, 18, 16] },
    { config: { operations: 1, magnitude: 30 }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
