/** Every value times a factor of the sample's own (torchvision's ColorJitter, Pillow's ImageEnhance.Brightness). */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { clipped } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("brightness"),
  probability: probabilityField(),
  strength: real({
    default: 0.2,
    min: 0,
    max: 1,
    step: 0.05,
    search: [0.05, 0.5],
    title: "Strength",
    description: "Largest change of the light: at 0.2 it is multiplied by 0.8 to 1.2. Raise it where exposure varies; what becomes too light is white.",
  }),
});

export const brightness = {
  summary: "Makes darker or lighter, as exposure does.",
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
