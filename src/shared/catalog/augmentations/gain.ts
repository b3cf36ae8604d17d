/** Louder or softer: x' = 10^(g / 20) x about every channel's mean, g uniform in decibels. */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("gain"),
  probability: probabilityField(),
  softest: real({
    default: -6,
    min: -60,
    max: 0,
    step: 1,
    search: [-12, 0],
    unit: "dB",
    title: "Softest",
    description: "Smallest gain: −6 dB halves the amplitude, −20 dB leaves a tenth of it. 0: never softer.",
  }),
  loudest: real({
    default: 6,
    min: 0,
    max: 60,
    step: 1,
    search: [0, 12],
    unit: "dB",
    title: "Loudest",
    description: "Largest gain: 6 dB doubles the amplitude. Raise both where distance and recording level vary; 0 where the level makes the class.",
  }),
});

/** The factor on amplitudes for a gain in decibels. */
export const amplitudeOf = (decibels: number): number => 10 ** (decibels / 20);

export const gain = {
  summary: "Makes the whole signal louder or softer, as distance and recording level do. Nothing is clipped.",
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { softest, loudest }, random }) => (softest === 0 && loudest === 0 ? null : [amplitudeOf(random.between("gain", softest, loudest))]),
  apply: ({ x, number }) => mul(x, number(0)),
  expected: ({ sample, config: { softest, loudest }, random }) => {
    const decibels = softest + (loudest - softest) * random.uniform("gain");
    return sample.map((value) => value * Math.exp((decibels * Math.LN10) / 20));
  },
  identities: [{ softest: 0, loudest: 0 }],
  samples: [
    { config: {}, shape: [1, 20] },
    { config: { softest: -30, loudest: 0 }, shape: [3, 11] },
    { config: { softest: 0, loudest: 12 }, shape: [2, 8] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
