/** A first recipe for any data set: a small network for its kind of samples, and a loss and metrics for its target. */
import { cnn1d } from "../catalog/presets/cnn1d.ts";
import { cnn3d } from "../catalog/presets/cnn3d.ts";
import { mlp } from "../catalog/presets/mlp.ts";
import { type PresetLayer, refusalOf } from "../catalog/presets/preset.ts";
import { type DatasetFacts, sampleKind } from "./facts.ts";
import { RECIPE_FORMAT } from "./migrations/migrations.ts";
import type { SourceConfig } from "./sources.ts";

/** A recipe as it is written by hand, without defaults. */
export interface FirstRecipe {
  readonly format: number;
  readonly name: string;
  readonly description: string;
  readonly data: {
    readonly source: SourceConfig;
    readonly split: { readonly validation: number | "given"; readonly test: number | "given"; readonly stratified: boolean };
    readonly standardize: "feature" | "global";
  };
  readonly model: { readonly layers: readonly PresetLayer[] };
  readonly loss: { readonly type: "softmaxCrossEntropy" | "meanSquaredError" };
  readonly metrics: readonly ("accuracy" | "r2" | "meanAbsoluteError")[];
  readonly optimizer: { readonly type: "adam"; readonly lr: number };
  readonly batch: { readonly size: number };
  readonly budget: { readonly epochs: number };
}

/** Gradient steps of a first run: enough to show a trend, within minutes. */
const STEPS = 2000;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [5, 60];
const SHARE = 0.15;
/** Minimum side length for a convolutional network instead of a dense one. */
const SMALLEST_IMAGE = 8;
/** Images with shorter sides are not halved again. */
const LAST_SIDE = 7;
const MOST_FILTERS = 128;

export function firstRecipe(source: SourceConfig, facts: DatasetFacts, name = facts.name): FirstRecipe {
  const { length, givenTest, givenValidation = 0, target, sampleShape } = facts;
  const classification = target.kind === "classification";
  const outputs = classification ? target.classes.length : target.names.length;
  const net = networkFor(sampleShape, outputs);
  const test = givenTest > 0 ? givenTest : Math.round(length * SHARE);
  const validation = givenValidation > 0 ? givenValidation : Math.round(length * SHARE);
  const training = Math.max(1, length - test - validation);
  const size = batchSize(training);
  const epochs = Math.round((STEPS * size) / training);
  return {
    format: RECIPE_FORMAT,
    name: `${name}-${net.name}`,
    description: net.description,
    data: {
      source,
      split: { validation: givenValidation > 0 ? "given" : SHARE, test: givenTest > 0 ? "given" : SHARE, stratified: classification },
      // The columns of a table have different units, and so may the channels of a signal. An image is one quantity.
      standardize: sampleKind(sampleShape) === "tabular" || sampleKind(sampleShape) === "signal" ? "feature" : "global",
    },
    model: { layers: net.layers },
    loss: { type: classification ? "softmaxCrossEntropy" : "meanSquaredError" },
    metrics: classification ? ["accuracy"] : ["r2", "meanAbsoluteError"],
    // Targets in their own units are usually farther from zero than logits.
    optimizer: { type: "adam", lr: classification ? 0.002 : 0.01 },
    batch: { size },
    budget: { epochs: Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, epochs)) },
  };
}

interface Network {
  readonly name: string;
  readonly description: string;
  readonly layers: readonly PresetLayer[];
}

function networkFor(shape: readonly number[], outputs: number): Network {
  const kind = sampleKind(shape);
  if (kind === "signal" && refusalOf(cnn1d, shape) === null) return { name: "cnn1d", description: cnn1d.summary.en, layers: cnn1d.layers(shape, outputs) };
  if (kind === "volume" && refusalOf(cnn3d, shape) === null) return { name: "cnn3d", description: cnn3d.summary.en, layers: cnn3d.layers(shape, outputs) };
  const side = Math.min(...shape.slice(1));
  if (kind === "image" && side >= SMALLEST_IMAGE)
    return {
      name: "cnn",
      description: "Convolutions that halve the image, then the mean of each of their channels: few weights.",
      layers: imageLayers(side, outputs),
    };
  return { name: "mlp", description: mlp.summary.en, layers: mlp.layers(shape, outputs) };
}

/** One stage per halving. Small images end in a dense layer, because few pixels are left to average. */
function imageLayers(side: number, outputs: number): readonly PresetLayer[] {
  const stages = Math.max(1, Math.floor(Math.log2(side / LAST_SIDE)));
  const filters = (stage: number) => Math.min(MOST_FILTERS, 32 * 2 ** stage);
  const convolution = (stage: number): readonly PresetLayer[] => [{ type: "conv2d", filters: filters(stage), kernel: 3, padding: "same" }, { type: "relu" }];
  if (side < 2 * LAST_SIDE)
    return [
      ...convolution(0),
      ...convolution(1),
      { type: "maxPool2d" },
      { type: "flatten" },
      { type: "dense", units: 64 },
      { type: "relu" },
      { type: "dense", units: outputs },
    ];
  return [
    ...Array.from({ length: stages }, (_, stage) => [...convolution(stage), { type: "maxPool2d" }]).flat(),
    ...convolution(stages),
    { type: "globalAvgPool2d" },
    { type: "dense", units: outputs },
  ];
}

/** About a twentieth of the training part, between 8 and 64. Never leaves a batch of one sample, for which batch normalization has no statistics. */
function batchSize(training: number): number {
  const wanted = [64, 32, 16, 8].find((size) => training >= 20 * size) ?? 8;
  let size = Math.max(1, Math.min(wanted, training));
  while (size > 2 && training % size === 1) size--;
  return size;
}
