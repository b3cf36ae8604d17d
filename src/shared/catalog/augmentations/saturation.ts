/** Colours drawn towards gray or away from it (torchvision's ColorJitter, Pillow's ImageEnhance.Color). */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { blended, colourMisfits, grayOf, isColour } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { blend, gray } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("saturation"),
  probability: probabilityField(),
  strength: real({
    default: 0.2,
    min: 0,
    max: 1,
    step: 0.05,
    search: [0.05, 0.5],
    title: "Strength",
    description:
      "Largest change of the colours: at 0.2 their distance from gray is multiplied by 0.8 to 1.2; at 1 some samples become gray. Pictures that are not of three channels stay as they are.",
  }),
});

export const saturation = {
  summary: "Makes colours paler or stronger, as cameras and light differ.",
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
