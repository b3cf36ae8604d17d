/** White noise at a ratio to the signal's own power: x' = x + √(mean x² · 10^(−r/10)) ε with a ratio of r decibels. */
import { z } from "zod";
import { add, globalAveragePool, mul, reshape, sqrt } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("signalNoise"),
  probability: probabilityField(),
  ratio: real({
    default: 20,
    min: -10,
    max: 100,
    step: 1,
    search: [5, 40],
    unit: "dB",
    title: "Signal to noise",
    description:
      "Smallest ratio of the signal's power to the noise's; each sample draws its own from this up to 30 dB more. 20 is a hiss, 0 as loud as the signal, 100 nothing.",
  }),
});

/** Above this there is nothing to hear. */
const SILENT = 100;
const SPREAD = 30;

export const signalNoise = {
  summary: "Adds a hiss in proportion to the signal's own loudness.",
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { ratio }, random }) => (ratio >= SILENT ? null : [10 ** (-random.between("ratio", ratio, ratio + SPREAD) / 20)]),
  apply: ({ x, number, noise, shape, batch }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    // Pooled sample by sample: a reduction over several axes depends on the place in the batch.
    const power = globalAveragePool(reshape(mul(x, x), [batch, 1, 1, size]));
    return add(x, mul(mul(noise.normal("noise", shape), number(0)), reshape(sqrt(power), [batch, 1, 1])));
  },
  identities: [{ ratio: 100 }],
  samples: [
    { config: {}, shape: [1, 16] },
    { config: { ratio: 0 }, shape: [2, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
