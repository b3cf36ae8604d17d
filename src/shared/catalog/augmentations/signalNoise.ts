/**
 * White Gaussian noise at a drawn signal-to-noise ratio r in decibels: x' = x + σ ε with σ² = mean(x²) / 10^(r / 10), the mean over all channels
 * and steps of the sample itself. So a soft recording gets soft noise, and a silent one none.
 */
import { z } from "zod";
import { add, mul, sqrt } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { amplitudeOf } from "./gain.ts";

const schema = z.strictObject({
  type: z.literal("signalNoise"),
  probability: probabilityField(),
  lowest: real({
    default: 10,
    min: -20,
    max: 100,
    step: 1,
    search: [0, 25],
    unit: "dB",
    title: "Lowest ratio",
    description: "Strongest noise: at 0 dB it has the power of the signal, at 10 dB a tenth, at 20 dB a hundredth. Lower it where the world is noisy.",
  }),
  highest: real({
    default: 30,
    min: -20,
    max: 100,
    step: 1,
    search: [25, 50],
    unit: "dB",
    title: "Highest ratio",
    description: "Weakest noise, which is hard to see or hear from 40 dB on. Each sample draws its own ratio between the two.",
  }),
});

export const signalNoise = {
  summary: "Adds noise in a drawn ratio to the signal's own power, as sensors and rooms do.",
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { lowest, highest }, random }) => [amplitudeOf(-random.between("ratio", lowest, highest))],
  apply: ({ x, number, noise, shape }) => add(x, mul(noise.normal("noise", shape), mul(sqrt(meanOf(mul(x, x))), number(0)))),
  expected: ({ sample, config: { lowest, highest }, random, noise }) => {
    const ratio = 10 ** ((lowest + (highest - lowest) * random.uniform("ratio")) / 10);
    const power = sample.map((value) => value * value).mean;
    const drawn = noise.normal("noise", sample.shape);
    return sample.map((value, _, i) => value + Math.sqrt(power / ratio) * at(drawn, i));
  },
  misfits: ({ lowest, highest }) =>
    lowest <= highest
      ? []
      : [{ field: "lowest", expected: `must not be above the highest, ${highest}`, received: String(lowest), remedy: "Exchange the two." }],
  identities: [],
  samples: [
    { config: {}, shape: [1, 20] },
    { config: { lowest: 0, highest: 0 }, shape: [2, 13] },
    { config: { lowest: -10, highest: 40 }, shape: [3, 37] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
