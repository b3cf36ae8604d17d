/** Changes the saturation of colours (torchvision's ColorJitter, Pillow's ImageEnhance.Color). */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { blended, colourMisfits, grayOf, isColour } from "./colour.ts";
import { probabilityField, strengthField } from "./fields.ts";
import { blend, gray } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("saturation"),
  probability: probabilityField(),
  strength: strengthField({
    en: "Largest change of saturation: at 0.2, the distance of colours from gray is multiplied by 0.8 to 1.2; at 1, some samples become gray. Images that do not have three channels stay unchanged.",
    ko: "채도의 최대 변화. 0.2이면 색과 회색의 거리에 0.8~1.2를 곱하고, 1이면 일부 표본은 회색이 됩니다. 채널이 세 개가 아닌 이미지는 그대로 둡니다.",
  }),
});

export const saturation = {
  title: { en: "Saturation", ko: "채도" },
  summary: { en: "Makes colours paler or stronger, as cameras and light do.", ko: "카메라와 빛에 따라 달라지듯 색을 옅거나 진하게 합니다." },
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { strength }, shape, random }) => (strength === 0 || !isColour(shape) ? null : [random.between("factor", 1 - strength, 1 + strength)]),
  apply: ({ x, number, shape }) => blended(x, grayOf(x, shape), number(0)),
  expected: ({ sample, config: { strength }, random }) => blend(sample, gray(sample).values, 1 + random.between("factor", -strength, strength)),
  misfits: (_, shape) => colourMisfits(shape),
  identities: [{ strength: 0 }],
  samples: [
    { config: {}, shape: [3, 6, 5] },
    { config: { strength: 1 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
