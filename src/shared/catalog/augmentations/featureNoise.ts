/** Gaussian noise on the features of a row: x' = x + σ ε, ε ~ N(0, 1). For small σ the same as a penalty on the network's slope (Bishop 1995). */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("featureNoise"),
  probability: probabilityField(),
  deviation: real({
    default: 0.1,
    min: 0,
    max: 2,
    step: 0.01,
    search: [0.01, 0.3],
    title: "Deviation",
    description:
      "Standard deviation of the noise, in deviations of the feature over the training part. The error of the measurement is a good start. Features that are 0 or 1 (categories) are not standardized: they get noise of this size on 0 and 1.",
  }),
});

export const featureNoise = {
  summary: "Adds a small random number to every feature: rows that hardly differ should be answered alike.",
  source: "Bishop 1995, Training with noise is equivalent to Tikhonov regularization",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { deviation } }) => (deviation === 0 ? null : [deviation]),
  apply: ({ x, number, noise, shape }) => add(x, mul(noise.normal("noise", shape), number(0))),
  expected: ({ sample, config: { deviation }, noise }) => {
    const drawn = noise.normal("noise", sample.shape);
    return sample.map((value, _, i) => value + deviation * at(drawn, i));
  },
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [7] },
    { config: { deviation: 1.5 }, shape: [13] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
