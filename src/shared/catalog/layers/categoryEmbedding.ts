/**
 * Category embedding: each one-hot block at the end of a row becomes a short learned vector (Guo and Berkhahn 2016, arXiv:1604.06737). The look-up
 * is a matrix product of block and table, which also works for blocks that are not exactly one-hot.
 */
import { z } from "zod";
import { concat, matMul, split } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { integer, metaOf } from "../../kit/schema.ts";
import { sampleShapeOf, tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { layerName } from "./fields.ts";
import { initialization, STANDARD_NORMAL } from "./initialization.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";

const init = initialization({ table: { title: { en: "Vectors", ko: "벡터" }, usual: STANDARD_NORMAL } });

const schema = z.strictObject({
  type: z.literal("categoryEmbedding"),
  name: layerName,
  sizes: z
    .array(z.int().min(1).max(100_000))
    .min(1)
    .default([2])
    .meta(
      metaOf({
        title: { en: "Sizes", ko: "범주 수" },
        description: {
          en: "Number of categories of each one-hot column, in order; these columns are the last features of a row. The numbers before them are passed on unchanged.",
          ko: "원-핫 열마다 범주의 수를 순서대로. 이 열들은 행의 마지막 특성입니다. 그 앞의 수는 그대로 전달합니다.",
        },
      }),
    ),
  dimension: integer({
    default: 0,
    min: 0,
    max: 1024,
    search: [0, 32],
    title: { en: "Dimension", ko: "차원" },
    description: {
      en: "Length of the vector for each column; 0 means half its number of categories, rounded up, and at most 50. Raise it where categories differ in many ways, lower it when the model overfits.",
      ko: "열마다 벡터의 길이. 0이면 범주 수의 절반을 올림하며 최대 50입니다. 범주가 여러 면에서 다르면 올리고, 과적합하면 낮추세요.",
    },
  }),
  init: init.field,
});

type Config = z.output<typeof schema>;

const CATEGORY_EMBEDDING = `class CategoryEmbedding(nn.Module):
    """One-hot blocks at the end of a row to learned vectors."""

    def __init__(self, sizes, dimensions):
        super().__init__()
        self.sizes = sizes
        self.tables = nn.ParameterList([nn.Parameter(torch.zeros(n, d)) for n, d in zip(sizes, dimensions)])

    def forward(self, x):
        numbers, *blocks = x.split([x.shape[1] - sum(self.sizes), *self.sizes], 1)
        return torch.cat([numbers, *[block @ table for block, table in zip(blocks, self.tables)]], 1)
`;

/** Half the number of categories, a rule of thumb from fast.ai. */
function dimensionOf(size: number, dimension: number): number {
  return dimension > 0 ? dimension : Math.min(50, Math.floor((size + 1) / 2));
}

/** Number of features before the blocks. */
function numbersOf(input: SampleShape, { sizes }: Config): number {
  const [features] = input;
  if (input.length !== 1 || features === undefined)
    throw new LayerMisfit("", say`needs one row of features per sample`, say`samples of shape [${input.join(", ")}]`, say`Put it first, on a table's rows.`);
  const blocks = sizes.reduce((a, b) => a + b, 0);
  if (blocks <= features) return features - blocks;
  throw new LayerMisfit(
    "sizes",
    say`must sum to at most ${features}, the features of a row`,
    say`[${sizes.join(", ")}], ${blocks} in all`,
    say`Give the number of categories of each one-hot column.`,
  );
}

export const categoryEmbedding = {
  title: { en: "Category embedding", ko: "범주 임베딩" },
  summary: { en: "Learns a short vector for every category of one-hot columns.", ko: "원-핫 열의 범주마다 짧은 벡터를 학습합니다." },
  source: "Guo and Berkhahn 2016, arXiv:1604.06737",
  schema,
  outputShape: (input, config) => [numbersOf(input, config) + config.sizes.reduce((sum, size) => sum + dimensionOf(size, config.dimension), 0)],
  parameters: (_, config) =>
    config.sizes.map((size, index) => {
      const length = dimensionOf(size, config.dimension);
      const shape = [size, length];
      const fan = { fanIn: 1, fanOut: length };
      return { name: `table${index + 1}`, role: "table", shape, units: unitsAlong(0, shape), initializer: init.of(config, "table"), ...fan } as const;
    }),
  forward: ({ x, parameters, config }) => {
    const numbers = numbersOf(sampleShapeOf(x.shape), config);
    const lengths = numbers > 0 ? [numbers, ...config.sizes] : config.sizes;
    const pieces = lengths.length === 1 ? [x] : split(x, lengths, 1);
    const first = pieces.length - config.sizes.length;
    const made: Value[] = pieces.map((piece, i) => (i < first ? piece : matMul(piece, tensorOf(parameters, `table${i - first + 1}`))));
    const [head, ...rest] = made;
    return rest.length === 0 ? at(made, 0) : concat([head ?? x, ...rest], 1);
  },
  samples: [
    { config: {}, input: [4] },
    { config: { sizes: [2, 3], dimension: 2 }, input: [5] },
    { config: { sizes: [3, 2, 5] }, input: [12] },
    { config: { sizes: [3] }, input: [3] },
  ],
  misfits: [
    { config: {}, input: [2, 3], field: "" },
    { config: { sizes: [2, 3] }, input: [4], field: "sizes" },
  ],
  torch: (_, { sizes, dimension }) => ({
    make: `CategoryEmbedding([${sizes.join(", ")}], [${sizes.map((size) => dimensionOf(size, dimension)).join(", ")}])`,
    definitions: [CATEGORY_EMBEDDING],
    tensors: Object.fromEntries(sizes.map((_size, index) => [`table${index + 1}`, { path: `tables.${index}` }])),
  }),
} satisfies LayerDefinition<Config>;
