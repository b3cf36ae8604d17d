/** Multiplies all values by a random factor per sample (torchvision's ColorJitter, Pillow's ImageEnhance.Brightness). */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { clipped } from "./colour.ts";
import { probabilityField, strengthField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("brightness"),
  probability: probabilityField(),
  strength: strengthField({
    en: "Largest change of brightness: at 0.2, values are multiplied by 0.8 to 1.2. Raise it where exposure varies; values that become too bright are white.",
    ko: "밝기의 최대 변화. 0.2이면 값에 0.8~1.2를 곱합니다. 노출이 다양하면 올리세요. 너무 밝아진 값은 흰색이 됩니다.",
  }),
});

export const brightness = {
  title: { en: "Brightness", ko: "밝기" },
  summary: { en: "Makes the image darker or brighter, as exposure does.", ko: "노출이 달라진 것처럼 이미지를 어둡거나 밝게 합니다." },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { strength }, random }) => (strength === 0 ? null : [random.between("factor", 1 - strength, 1 + strength)]),
  apply: ({ x, number }) => clipped(mul(x, number(0))),
  expected: ({ sample, config: { strength }, random }) => {
    const factor = 1 + random.between("factor", -strength, strength);
    return sample.map((value) => clip(value * factor));
  },
  identities: [{ strength: 0 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { strength: 1 }, shape: [3, 4, 4] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
