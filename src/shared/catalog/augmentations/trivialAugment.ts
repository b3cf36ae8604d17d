/** One of fourteen operations, at a random strength (Müller & Hutter 2021); the wide ranges of torchvision's TrivialAugmentWide. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { operated } from "./plain/policy.ts";
import { applySlot, drawSlot, type PolicyRanges, SLOT_WIDTH } from "./policy.ts";

const schema = z.strictObject({
  type: z.literal("trivialAugment"),
  probability: probabilityField(),
  widest: real({
    default: 1,
    min: 0.1,
    max: 1,
    step: 0.1,
    search: [0.3, 1],
    title: { en: "Largest strength", ko: "최대 강도" },
    description: {
      en: "Largest strength, as a fraction of the paper's wide ranges. 1 as published; use less for images smaller than 32 pixels.",
      ko: "가장 큰 강도. 논문의 넓은 범위에 대한 비율입니다. 발표된 값은 1이며, 32픽셀보다 작은 이미지에는 줄이세요.",
    },
  }),
});

/** Strengths are drawn from this number of equal steps, including both ends. */
const STEPS = 30;

/** Shifts are up to 32 pixels for any size. */
export const trivialAugmentRanges: PolicyRanges = { shear: 0.99, translate: () => 32, rotate: 135, enhance: 0.99, bits: 6 };

export const trivialAugment = {
  title: { en: "TrivialAugment", ko: "TrivialAugment" },
  summary: {
    en: "A complete policy with nothing to tune: one of fourteen operations for every sample, at any strength.",
    ko: "조정할 것이 없는 완성된 정책입니다. 열네 가지 연산 가운데 하나를 표본마다 임의의 강도로 적용합니다.",
  },
  source: "Müller & Hutter 2021, arXiv:2103.10158",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => SLOT_WIDTH,
  draw: ({ config: { widest }, shape, random }) => drawSlot(random, (widest * random.below("strength", STEPS + 1)) / STEPS, trivialAugmentRanges, shape),
  apply: (context) => applySlot(context, 0),
  expected: ({ sample, config: { widest }, random }) =>
    operated(sample, random, (widest * Math.floor(31 * random.uniform("strength"))) / 30, {
      slant: 0.99,
      shift: () => 32,
      degrees: 135,
      factor: 0.99,
      bits: 6,
    }),
  identities: [],
  samples: [
    { config: {}, shape: [1, 16, 17] },
    { config: { widest: 0.5 }, shape: [3, 18, 16] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
