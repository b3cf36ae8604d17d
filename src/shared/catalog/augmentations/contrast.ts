/** Scales the differences from the sample's mean gray (torchvision's ColorJitter, Pillow's ImageEnhance.Contrast). */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { blended, grayOf, meanOf } from "./colour.ts";
import { probabilityField, strengthField } from "./fields.ts";
import { blend, gray } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("contrast"),
  probability: probabilityField(),
  strength: strengthField({
    en: "Largest change of contrast: at 0.2, differences from the mean are multiplied by 0.8 to 1.2. At 1, some samples become uniformly gray.",
    ko: "대비의 최대 변화. 0.2이면 평균과의 차이에 0.8~1.2를 곱합니다. 1이면 일부 표본은 고른 회색이 됩니다.",
  }),
});

export const contrast = {
  title: { en: "Contrast", ko: "대비" },
  summary: {
    en: "Makes differences between dark and bright smaller or larger, as haze and hard light do.",
    ko: "안개나 강한 빛처럼 어두운 곳과 밝은 곳의 차이를 줄이거나 키웁니다.",
  },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { strength }, random }) => (strength === 0 ? null : [random.between("factor", 1 - strength, 1 + strength)]),
  apply: ({ x, number, shape }) => blended(x, meanOf(grayOf(x, shape)), number(0)),
  expected: ({ sample, config: { strength }, random }) =>
    blend(sample, new Float64Array(sample.values.length).fill(gray(sample).mean), 1 + random.between("factor", -strength, strength)),
  identities: [{ strength: 0 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { strength: 1 }, shape: [3, 4, 4] },
    { config: { strength: 0.5 }, shape: [2, 5, 7] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
