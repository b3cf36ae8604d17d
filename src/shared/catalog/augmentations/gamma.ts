/** The tone curve bent: x' = x^γ, which keeps black black and white white. */
import { z } from "zod";
import { pow } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { clipped } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("gamma"),
  probability: probabilityField(),
  largest: real({
    default: 1.5,
    min: 1,
    max: 5,
    step: 0.05,
    search: [1.1, 2.5],
    scale: "log",
    title: "Largest exponent",
    description:
      "The exponent is drawn between its inverse and this, equal ratios as likely: above 1 darkens the middle tones, below lightens them. 1: nothing.",
  }),
});

export const gamma = {
  summary: "Lightens or darkens the middle tones, as screens, films and scanners do.",
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { largest }, random }) => (largest === 1 ? null : [largest ** random.between("exponent", -1, 1)]),
  apply: ({ x, number }) => pow(clipped(x), number(0)),
  expected: ({ sample, config: { largest }, random }) => {
    const exponent = Math.exp(random.between("exponent", -Math.log(largest), Math.log(largest)));
    return sample.map((value) => clip(value) ** exponent);
  },
  identities: [{ largest: 1 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { largest: 5 }, shape: [3, 5, 7] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
