/** Light values inverted, from a threshold on (Pillow's ImageOps.solarize). */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { solarized } from "./levels.ts";
import { solarize as inverted } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("solarize"),
  probability: probabilityField(0.2),
  threshold: real({
    default: 0.5,
    min: 0,
    max: 1,
    step: 0.05,
    search: [0.3, 0.9],
    title: "Threshold",
    description: "Lowest threshold, from black (0) to white (1); each sample draws its own between this and white. What is lighter is inverted. 1: nothing.",
  }),
});

export const solarize = {
  summary: "Inverts what is light, as film does that was exposed too long: the network relies on edges.",
  source: "Cubuk et al. 2019, arXiv:1805.09501",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { threshold }, random }) => (threshold === 1 ? null : [random.between("threshold", threshold, 1)]),
  apply: ({ x, number }) => solarized(x, number(0)),
  expected: ({ sample, config: { threshold }, random }) => {
    const own = threshold + (1 - threshold) * random.uniform("threshold");
    return threshold === 1 ? sample : sample.map((value) => inverted(value, own));
  },
  identities: [{ threshold: 1 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { threshold: 0 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
