/** Fewer levels: the lowest bits of each value's eight are dropped (Pillow's ImageOps.posterize). */
import { z } from "zod";
import { max } from "../../graph/functions.ts";
import { integer } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { posterized } from "./levels.ts";
import { posterize as dropBits } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("posterize"),
  probability: probabilityField(0.5),
  bits: integer({
    default: 4,
    min: 1,
    max: 8,
    search: [2, 7],
    unit: "bits",
    title: "Bits",
    description: "Fewest bits that are left of each value; each sample draws its own between this and 7. 1 leaves two levels, 4 leaves sixteen. 8: nothing.",
  }),
});

export const posterize = {
  summary: "Leaves fewer levels of light, as in a poster: the network relies on shapes.",
  source: "Cubuk et al. 2019, arXiv:1805.09501",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { bits }, random }) => (bits === 8 ? null : [2 ** (8 - bits - random.below("bits", 8 - bits))]),
  apply: ({ x, number }) => posterized(x, max(number(0), 1)),
  expected: ({ sample, config: { bits }, random }) => {
    if (bits === 8) return sample;
    const left = bits + random.below("bits", 8 - bits);
    return sample.map((value) => dropBits(value, 8 - left));
  },
  identities: [{ bits: 8 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { bits: 1 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
