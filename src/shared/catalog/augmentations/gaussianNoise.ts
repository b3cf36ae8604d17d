/** Gaussian noise on every value: x' = x + σ ε, ε ~ N(0, 1), with σ drawn for each sample from [0, deviation]. */
import { z } from "zod";
import { add, max, min, mul } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("gaussianNoise"),
  probability: probabilityField(),
  deviation: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.3],
    title: "Deviation",
    description:
      "Largest standard deviation of the noise, on the scale from black (0) to white (1). Each sample draws its own up to this. Helps where cameras are noisy.",
  }),
});

export const gaussianNoise = {
  summary: "Adds grain: a small random number to every value.",
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { deviation }, random }) => (deviation === 0 ? null : [random.between("deviation", 0, deviation)]),
  apply: ({ x, number, noise, shape }) => max(min(add(x, mul(noise.normal("noise", shape), number(0))), 1), 0),
  expected: ({ sample, config: { deviation }, random, noise }) => {
    const [own, drawn] = [deviation * random.uniform("deviation"), noise.normal("noise", sample.shape)];
    return sample.map((value, _, i) => clip(value + own * at(drawn, i)));
  },
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { deviation: 0.5 }, shape: [3, 4, 4] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
