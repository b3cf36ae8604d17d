/** The page on a recipe's `data`: every source with its fields, the split and its methods, the encoding of tables, standardization. */
import { z } from "zod";
import { encodingSchema } from "../../src/shared/recipe/encoding.ts";
import { recipeSchema, splitSchema } from "../../src/shared/recipe/recipe.ts";
import { type SourceConfig, sourceSchema } from "../../src/shared/recipe/sources.ts";
import { fieldTable } from "./fields.ts";
import { blocks, code } from "./markdown.ts";

/** What each format is, in a sentence. */
const SOURCES: Readonly<Record<SourceConfig["type"], string>> = {
  shipped: "A data set that comes with Descent.",
  synthetic: "A data set that is made: [synthetic data](generators.md).",
  csv: "A text file of rows and columns.",
  parquet: "A table in Parquet, column by column.",
  arrow: "A table in Arrow's own format (Feather).",
  images: "Pictures in a folder for every class.",
  labelledImages: "Pictures in one folder, and a table that says what they are.",
  audio: "Recordings in a folder for every class.",
  npy: "Arrays of NumPy.",
  idx: "The format of MNIST and its successors.",
  hdf5: "Two data sets inside an HDF5 file.",
  cifar: "The binary batches of CIFAR-10 and CIFAR-100.",
  module: "[A class of your own](../data-set-as-code.md) in TypeScript or JavaScript.",
};

export function dataPage(): string {
  const sources = sourceSchema.options.map((schema) => {
    const [type] = z.array(z.enum(Object.keys(SOURCES) as [SourceConfig["type"], ...SourceConfig["type"][]])).parse([...schema.shape.type.values]);
    if (type === undefined) throw new Error("a source without a type");
    return { type, schema };
  });
  const { method, ...fields } = splitSchema.shape;
  const methods = method.unwrap().options;
  const { standardize } = recipeSchema.shape.data.shape;
  const contents = [
    ...sources.map(({ type }) => `- [${type}](#${type.toLowerCase()}): ${SOURCES[type]}`),
    "- [Split](#split): which samples are trained on, which are watched, which are kept for the end.",
    "- [Encoding](#encoding): how a table's columns become numbers.",
    "- [Standardization](#standardization): where the numbers lie.",
  ];
  return `${blocks([
    "<!-- Made by `npm run docs` from src/shared/recipe. Change it there. -->",
    "# Data",
    `What a recipe says under ${code("data")}: where the samples come from (${code("source")}), how they are shared out (${code("split")}), how tables become numbers (${code("encoding")}, ${code("standardize")}).`,
    contents.join("\n"),
    ...sources.flatMap(({ type, schema }) => [`## ${type}`, SOURCES[type], fieldTable(schema)]),
    "## Split",
    `Drawn from the recipe's seed; what is learned from data (encoding, standardization) is learned from the training part alone.`,
    fieldTable(z.strictObject(fields)),
    `The field ${code("method")} has a ${code("type")} and fields of its own:`,
    ...methods.flatMap((schema) => {
      const { description = "" } = schema.shape.type.meta() ?? {};
      return [`### ${[...schema.shape.type.values].join("")}`, description, fieldTable(schema)];
    }),
    "## Encoding",
    "Of tables in which a value is missing or a category; all others are numbers already.",
    fieldTable(encodingSchema),
    "## Standardization",
    fieldTable(z.strictObject({ standardize })),
  ])}\n`;
}
