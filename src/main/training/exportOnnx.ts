/**
 * Exports a trained network as one ONNX file. The file is written under a temporary name and run in a separate session, which must predict the same as the
 * studio for some samples; only then is it renamed.
 */
import { open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import type { ExportedInput, ExportedModel, ExportedOutput } from "../../shared/contract/exportedModel.ts";
import type { PredictedOutput, PredictingWeights } from "../../shared/contract/predictions.ts";
import { sampleKind } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { mapPaths } from "../../shared/recipe/sources.ts";
import { BATCH } from "../engine/inference/dynamicBatch.ts";
import { CLASS, type InferenceSource, inferenceModel, SAMPLES } from "../engine/inference/inferenceModel.ts";
import { hasCategories } from "../engine/inference/table.ts";
import { layoutOf } from "../engine/programs/train.ts";
import { diskFault } from "../storage/wholeFile.ts";
import { Checkpoints } from "./checkpoints.ts";
import { checkExport } from "./exportCheck.ts";
import { outputOf, type PredictRequest } from "./predict.ts";
import { findPreprocessing, trainedSource } from "./preprocessing.ts";

export interface ExportRequest extends Omit<PredictRequest, "from"> {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** In the same folder. If this process is killed, the requester deletes it. */
  readonly temporary: string;
}

/** @throws Fault if the file cannot be written or predicts something else than the studio */
export async function exportOnnx({ run, name, recipe, checkpoint, file, temporary }: ExportRequest): Promise<ExportedModel> {
  const folder = path.dirname(checkpoint.file);
  const { preprocessing, notes } = await findPreprocessing(folder, recipe);
  const trained = trainedSource(recipe, preprocessing);
  const layout = layoutOf(trained);
  const { state, split } = await new Checkpoints(run, recipe.seed, "", layout).read(checkpoint.file, true);
  const predicted = outputOf(trained);
  const { columns, fills, kept } = preprocessing;
  const source: InferenceSource = {
    ...trained,
    layout,
    state,
    table: columns === null ? null : { columns, encoding: recipe.data.encoding, fills, kept },
    output: predicted.kind === "values" ? "values" : predicted.numbers === "probability" ? "probabilities" : "scores",
  };
  const { kind, step, epoch } = checkpoint;
  const weights: PredictingWeights = { kind, step, epoch, averaged: layout.averaged };
  const described = {
    inputs: inputsOf(source, preprocessing.facts.times ?? []),
    outputs: outputsOf(source, predicted),
    preprocessing: preprocessingText(source),
  };
  const bytes = inferenceModel(source, metadataOf(run, name, recipe, weights, predicted, described), described.preprocessing);
  try {
    {
      await using handle = await open(temporary, "w");
      await handle.writeFile(bytes);
      await handle.sync();
    }
    const checked = await checkExport(await readFile(temporary), source, { recipe, preprocessing, folder, stamped: split });
    await rename(temporary, file);
    return { file, bytes: bytes.length, run, weights, ...described, checked, notes };
  } catch (error) {
    throw diskFault(file, { what: "the model", remedy: "Free some space, or choose another folder." }, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

function metadataOf(
  run: string,
  name: string,
  recipe: Recipe,
  weights: PredictingWeights,
  predicted: PredictedOutput,
  described: Pick<ExportedModel, "inputs" | "outputs" | "preprocessing">,
): ReadonlyMap<string, string> {
  // The path on this machine is private.
  const portable: Recipe = { ...recipe, data: { ...recipe.data, source: mapPaths(recipe.data.source, (each) => path.basename(each)) } };
  return new Map([
    ["descent", packageJson.version],
    ["run", run],
    ["name", name],
    ["weights", JSON.stringify(weights)],
    predicted.kind === "classes" ? ["classes", JSON.stringify(predicted.classes)] : ["targets", JSON.stringify(predicted.names)],
    ["inputs", JSON.stringify(described.inputs)],
    ["outputs", JSON.stringify(described.outputs)],
    ["preprocessing", described.preprocessing],
    ["recipe", JSON.stringify(portable)],
  ]);
}

function inputsOf({ table, facts }: InferenceSource, times: readonly string[]): readonly ExportedInput[] {
  if (table === null)
    return [{ name: SAMPLES, type: facts.elementType, shape: [BATCH, ...facts.sampleShape], meaning: sampleMeaning(facts.sampleShape, facts.elementType) }];
  const meaningOf = (name: string) => (times.includes(name) ? "days since 1970-01-01 in UTC; NaN where missing" : "a number; NaN where missing");
  if (!hasCategories(table))
    return [
      {
        name: SAMPLES,
        type: "float32",
        shape: facts.sampleShape.length > 1 ? [BATCH, ...facts.sampleShape] : [BATCH, table.columns.length],
        meaning: `the columns in this order, row-major; NaN where missing${times.length === 0 ? "" : `; ${times.join(", ")} in days since 1970-01-01 in UTC`}`,
        columns: table.columns.map(({ name }) => name),
      },
    ];
  return table.columns.map((column) =>
    column.kind === "numeric"
      ? { name: column.name, type: "float32", shape: [BATCH, 1], meaning: meaningOf(column.name) }
      : { name: column.name, type: "string", shape: [BATCH, 1], meaning: "a category; empty where missing", categories: column.categories },
  );
}

function sampleMeaning(shape: readonly number[], elementType: string): string {
  const layouts = { tabular: "the features", signal: "[channels, time]", image: "[channels, height, width]", volume: "[channels, depth, height, width]" };
  const values = elementType === "uint8" ? "bytes from 0 to 255, as decoded" : "numbers as they are in the data";
  return `${layouts[sampleKind(shape)]}: ${values}`;
}

function outputsOf({ output, facts }: InferenceSource, predicted: PredictedOutput): readonly ExportedOutput[] {
  if (predicted.kind === "values")
    return [
      { name: output, type: "float32", shape: [BATCH, predicted.names.length], meaning: "predictions in the target's own units", columns: predicted.names },
    ];
  const classes = facts.target.kind === "classification" ? facts.target.classes : [];
  const meaning = output === "scores" ? "one score per class (not a probability); the largest is the prediction" : "one probability per class";
  return [
    { name: output, type: "float32", shape: [BATCH, classes.length], meaning, columns: classes },
    { name: CLASS, type: "int64", shape: [BATCH], meaning: "the number of the class with the largest of them, from 0" },
  ];
}

/** What the file includes, and what its user must do. */
function preprocessingText({ table, facts, standardization, targetStandardization }: InferenceSource): string {
  const encoding = table === null ? [] : ["filling in of missing values", ...(hasCategories(table) ? ["encoding of categories"] : [])];
  const scaling = standardization.mean.some((value) => value !== 0) || standardization.scale.some((value) => value !== 1) ? ["standardization"] : [];
  const units = targetStandardization == null ? [] : ["conversion back to the target's own units"];
  const inside = [...encoding, ...scaling, ...units].join(", ") || "nothing";
  const kind = sampleKind(facts.sampleShape);
  const outside =
    table !== null
      ? "reading the table"
      : kind === "image"
        ? `decoding, ${imageWords(facts)}and resizing to this height and width`
        : kind === "signal"
          ? "reading, resampling and cutting to this length"
          : "reading";
  return `Inside: ${inside}. Outside: ${outside}.`;
}

/** What is done to images between decoding and resizing; empty if nothing. */
function imageWords({ pictures = {}, elementType }: InferenceSource["facts"]): string {
  const { background, range, white } = pictures;
  const ground = background?.map((value) => value.toString(16).padStart(2, "0")).join("");
  return [
    ...(white === undefined ? [] : [`values as in the file, where white is ${white.toLocaleString("en-US")}`]),
    ...(range === undefined ? [] : [`stretching ${range[0]} to 0 and ${range[1]} to ${elementType === "uint8" ? 255 : 1}`]),
    ...(ground === undefined ? [] : [`putting transparent pixels on #${ground}`]),
  ]
    .map((words) => `${words}, `)
    .join("");
}
