/**
 * Embedding: each whole number of a sample [L] is replaced by a learned vector, [dimensions, L], ready for one-dimensional convolution
 * (Bengio et al. 2003, section 2). Numbers outside the vocabulary count as its nearest end.
 */
import { z } from "zod";
import { cast, gather, greaterOrEqual, min, transpose, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { integer } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { layerName } from "./fields.ts";
import { initialization, STANDARD_NORMAL } from "./initialization.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";

const init = initialization({ weight: STANDARD_NORMAL });

const schema = z.strictObject({
  type: z.literal("embedding"),
  name: layerName,
  vocabulary: integer({
    default: 1000,
    min: 1,
    max: 10_000_000,
    scale: "log",
    title: "Vocabulary",
    description: "How many different numbers there are, from 0 on. Larger ones than the last count as the last; raise it to tell them apart.",
  }),
  dimensions: integer({
    default: 16,
    min: 1,
    max: 8192,
    scale: "log",
    search: [4, 128],
    title: "Dimensions",
    description: "Length of each learned vector. Raise it for large vocabularies, lower it when it overfits.",
  }),
  init: init.field,
});

const EMBEDDING = `class Embedding(nn.Module):
    """[N, L] whole numbers to [N, dimensions, L]."""

    def __init__(self, vocabulary, dimensions):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(vocabulary, dimensions))

    def forward(self, x):
        return F.embedding(x.clamp(0, self.weight.shape[0] - 1).long(), self.weight).transpose(1, 2)
`;

export const embedding = {
  summary: "Learns a vector for every whole number, such as a word's or a category's.",
  source: "Bengio et al. 2003, section 2",
  schema,
  outputShape: (input, { dimensions }) => {
    if (input.length !== 1)
      throw new LayerMisfit(
        "",
        "needs a row of whole numbers a sample",
        `samples of shape [${input.join(", ")}]`,
        "Put it first, on data whose samples are words or categories.",
      );
    return [dimensions, at(input, 0)];
  },
  parameters: (_, config) => {
    const shape = [config.vocabulary, config.dimensions];
    const fan = { fanIn: 1, fanOut: config.dimensions };
    return [{ name: "weight", role: "table", shape, units: unitsAlong(0, shape), initializer: init.of(config, "weight"), ...fan }];
  },
  vocabulary: ({ vocabulary }) => vocabulary,
  forward: ({ x, parameters, config: { vocabulary } }) => {
    // What is no number at all counts as 0 as well: no index leaves the table.
    const numbers = cast(where(greaterOrEqual(x, 0), min(x, vocabulary - 1), 0), "int64");
    return transpose(gather(tensorOf(parameters, "weight"), numbers), [0, 2, 1]);
  },
  samples: [
    { config: {}, input: [3] },
    { config: { vocabulary: 5, dimensions: 2 }, input: [4] },
  ],
  misfits: [{ config: {}, input: [2, 3], field: "" }],
  torch: (_, { vocabulary, dimensions }) => ({ make: `Embedding(${vocabulary}, ${dimensions})`, definitions: [EMBEDDING] }),
} satisfies LayerDefinition<z.output<typeof schema>>;
