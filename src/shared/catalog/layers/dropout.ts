/**
 * Dropout (Srivastava et al. 2014, section 4), inverted: in training every number is zero with probability p and else divided by 1 − p, so that
 * evaluation leaves everything as it is.
 */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { dropRate, torchDrop } from "./drop.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("dropout"),
  name: layerName,
  rate: dropRate(
    "Share of the numbers that are dropped. 0.5 in front of the last dense layer, 0.1 to 0.3 elsewhere; raise it when training is much better than validation.",
  ),
});

export const dropout = {
  summary: "Drops numbers at random in training, so that no unit can rely on another.",
  source: "Srivastava et al. 2014, section 4",
  schema,
  outputShape: (input) => input,
  parameters: () => [],
  stochastic: ({ rate }) => rate > 0,
  forward: ({ x, config: { rate }, training, random }) =>
    training && rate > 0 ? mul(x, mul(random.bernoulli("mask", staticShape(x.shape), 1 - rate), 1 / (1 - rate))) : x,
  samples: [
    { config: {}, input: [6] },
    { config: { rate: 0.2 }, input: [2, 3, 4] },
  ],
  misfits: [],
  torch: (_, { rate }) => torchDrop(rate, false),
} satisfies LayerDefinition<z.output<typeof schema>>;
