/** Gaussian noise on the features of a row, in their own standard deviations: a norm penalty in disguise (Bishop 1995). */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
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
    search: [0.01, 0.5],
    title: "Deviation",
    description:
      "Standard deviation of the noise in standard deviations of each feature, where data.standardize is on. Raise it while validation gets better: measurements are never exact.",
  }),
});

export const featureNoise = {
  summary: "Adds a little noise to every feature, as if it had been measured anew.",
  source: "Bishop 1995, Training with noise is equivalent to Tikhonov regularization",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { deviation } }) => (deviation === 0 ? null : [deviation]),
  apply: ({ x, number, noise, shape }) => add(x, mul(noise.normal("noise", shape), number(0))),
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [6] },
    { config: { deviation: 1 }, shape: [3] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
