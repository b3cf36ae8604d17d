/**
 * Features of a row replaced by 0, their mean, each independently with one probability: the masking noise of denoising autoencoders (Vincent et al.
 * 2008). A dropout layer also makes what it keeps larger by 1 / (1 − rate), so that sums stay as large on average; here what is kept stays as it
 * was measured, for a row with a few typical values is still a row as the network will meet it: with gaps that were filled in.
 */
import { z } from "zod";
import { less, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
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
    search: [0.02, 0.4],
    title: "Rate",
    description:
      "Probability of every feature to be replaced by its mean. Raise it where the network rests on few features, or where values will be missing later. A category that is hit is none of its column's.",
  }),
});

export const featureDropout = {
  summary: "Replaces some features by their means: the network must not rest on one. Unlike a dropout layer it leaves the others as they are.",
  source: "Vincent, Larochelle, Bengio & Manzagol 2008, Extracting and composing robust features with denoising autoencoders",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { rate } }) => (rate === 0 ? null : [rate]),
  apply: ({ x, number, noise, shape }) => where(less(noise.uniform("dropped", shape), number(0)), x.builder.innermost.scalar(0), x),
  expected: ({ sample, config: { rate }, noise }) => {
    const drawn = noise.uniform("dropped", sample.shape);
    return sample.map((value, _, i) => (at(drawn, i) < rate ? 0 : value));
  },
  identities: [{ rate: 0 }],
  samples: [
    { config: {}, shape: [24] },
    { config: { rate: 0.6 }, shape: [9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
