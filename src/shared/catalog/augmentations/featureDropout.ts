/** Features that are missing now and then: each becomes its mean, which is 0 where rows are standardized. */
import { z } from "zod";
import { cast, greaterOrEqual, mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("featureDropout"),
  probability: probabilityField(),
  rate: real({
    default: 0.1,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0, 0.4],
    title: "Rate",
    description:
      "Share of the features that become their mean. The others are not made larger, as a dropout layer would: a row with gaps is what the network may meet.",
  }),
});

export const featureDropout = {
  summary: "Takes features away at random, so that none is relied on alone.",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { rate } }) => (rate === 0 ? null : [rate]),
  apply: ({ x, number, noise, shape }) => mul(x, cast(greaterOrEqual(noise.uniform("taken", shape), number(0)), "float32")),
  identities: [{ rate: 0 }],
  samples: [
    { config: {}, shape: [12] },
    { config: { rate: 0.7 }, shape: [5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
