/**
 * Embedding: each integer of a sample [L] is replaced by a learned vector, [dimensions, L], as input for one-dimensional convolutions (Bengio et al.
 * 2003, section 2). Integers outside the vocabulary are clamped to it.
 */
import { z } from "zod";
import { cast, gather, greaterOrEqual, min, transpose, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { integer } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { layerName } from "./fields.ts";
import { initialization, STANDARD_NORMAL } from "./initialization.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";

const init = initialization({ weight: { title: { en: "Vectors", ko: "벡터" }, usual: STANDARD_NORMAL } });

const schema = z.strictObject({
  type: z.literal("embedding"),
  name: layerName,
  vocabulary: integer({
    default: 1000,
    min: 1,
    max: 10_000_000,
    scale: "log",
    title: { en: "Vocabulary size", ko: "어휘 크기" },
    description: {
      en: "How many different numbers there are, counted from 0. Larger numbers count as the last one; raise it to tell them apart.",
      ko: "0부터 세는 서로 다른 수의 개수. 더 큰 수는 마지막 수로 칩니다. 구별하려면 올리세요.",
    },
  }),
  dimensions: integer({
    default: 16,
    min: 1,
    max: 8192,
    scale: "log",
    search: [4, 128],
    title: { en: "Dimensions", ko: "차원" },
    description: {
      en: "Length of each learned vector. Raise it for large vocabularies, lower it when the model overfits.",
      ko: "학습하는 벡터의 길이. 어휘가 크면 올리고, 과적합하면 낮추세요.",
    },
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
  title: { en: "Embedding", ko: "임베딩" },
  summary: {
    en: "Learns a vector for every whole number, such as the index of a word or a category.",
    ko: "단어나 범주의 번호 같은 정수마다 벡터를 학습합니다.",
  },
  source: "Bengio et al. 2003, section 2",
  schema,
  outputShape: (input, { dimensions }) => {
    if (input.length !== 1)
      throw new LayerMisfit(
        "",
        say`needs a row of whole numbers per sample`,
        say`samples of shape [${input.join(", ")}]`,
        say`Put it first, on data whose samples are words or categories.`,
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
    // NaN becomes 0, so that every index is inside the table.
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
