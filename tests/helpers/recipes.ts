/** Small recipes on synthetic data, for tests of the engine. */

import type { ResidentData } from "../../src/main/engine/programs/feeds.ts";
import type { ProgramSource } from "../../src/main/engine/programs/model.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import { planModel } from "../../src/shared/recipe/plan.ts";
import { type Recipe, type RecipeInput, recipeSchema } from "../../src/shared/recipe/recipe.ts";

/** Everything a program needs, on random data of the given shape. */
export interface Bench {
  readonly source: ProgramSource;
  readonly data: ResidentData;
}

export function classificationBench(options: {
  readonly layers: RecipeInput["model"]["layers"];
  readonly optimizer: RecipeInput["optimizer"];
  readonly sampleShape: readonly number[];
  readonly classes: number;
  readonly rows: number;
  readonly batchSize: number;
  readonly elementType?: "uint8" | "float32";
  readonly seed?: number;
  /** Further fields of the recipe. */
  readonly recipe?: Partial<RecipeInput>;
}): Bench {
  const { sampleShape, classes, rows, elementType = "float32", seed = 1 } = options;
  const recipe: Recipe = recipeSchema.parse({
    name: "bench",
    seed,
    data: { source: { type: "shipped", name: "digits" }, standardize: "none" },
    model: { layers: options.layers },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: options.optimizer,
    batch: { size: options.batchSize },
    ...options.recipe,
  } satisfies RecipeInput);
  const facts: DatasetFacts = {
    name: "synthetic",
    length: rows,
    sampleShape,
    elementType,
    target: { kind: "classification", classes: Array.from({ length: classes }, (_, i) => `class ${i}`) },
    givenTest: 0,
  };
  const { plan, problems } = planModel(recipe, facts);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const stream = new RandomStream(seed, "data");
  const size = rows * sampleShape.reduce((a, b) => a * b, 1);
  const samples =
    elementType === "uint8"
      ? Uint8Array.from({ length: size }, (_, i) => stream.below(256, i))
      : Float32Array.from({ length: size }, (_, i) => stream.normal(i));
  const labels = new RandomStream(seed, "labels");
  const targets = Int32Array.from({ length: rows }, (_, i) => labels.below(classes, i));
  return {
    source: {
      recipe,
      plan,
      facts,
      classCounts: Array.from({ length: classes }, (_, i) => targets.filter((target) => target === i).length),
      standardization:
        elementType === "uint8"
          ? { shape: [1], mean: Float32Array.of(127.5), scale: Float32Array.of(1 / 64) }
          : { shape: [1], mean: Float32Array.of(0), scale: Float32Array.of(1) },
    },
    data: { samples, targets, rows },
  };
}

export const smallMlp = (optimizer: RecipeInput["optimizer"]) =>
  classificationBench({
    layers: [{ type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 3 }],
    optimizer,
    sampleShape: [4],
    classes: 3,
    rows: 64,
    batchSize: 16,
  });

export const smallCnn = (optimizer: RecipeInput["optimizer"]) =>
  classificationBench({
    layers: [
      { type: "conv2d", filters: 4, padding: "same" },
      { type: "relu" },
      { type: "maxPool2d" },
      { type: "conv2d", filters: 6, kernel: 3, stride: 2 },
      { type: "relu" },
      { type: "avgPool2d", kernel: 2, stride: 1 },
      { type: "flatten" },
      { type: "dense", units: 3 },
    ],
    optimizer,
    sampleShape: [2, 12, 12],
    classes: 3,
    rows: 32,
    batchSize: 8,
    elementType: "uint8",
  });

/** Channels that fill whole blocks of the blocked convolution kernels, with stride, dilation and bias. */
export const blockedCnn = (optimizer: RecipeInput["optimizer"]) =>
  classificationBench({
    layers: [
      { type: "conv2d", filters: 16, padding: "same" },
      { type: "relu" },
      { type: "conv2d", filters: 32, padding: "same" },
      { type: "relu" },
      { type: "maxPool2d" },
      { type: "conv2d", filters: 16, kernel: [3, 2], stride: 2, padding: 1 },
      { type: "conv2d", filters: 16, kernel: 2, dilation: 2, bias: false },
      { type: "globalAvgPool2d" },
      { type: "dense", units: 3 },
    ],
    optimizer,
    sampleShape: [1, 12, 12],
    classes: 3,
    rows: 16,
    batchSize: 4,
  });

/** Everything that changes what a step computes, on a small residual network. */
export const everything = (optimizer: RecipeInput["optimizer"]) =>
  classificationBench({
    layers: [
      { type: "conv2d", filters: 4, padding: "same", bias: false },
      { type: "batchNorm" },
      { type: "relu" },
      {
        type: "residual",
        layers: [{ type: "conv2d", filters: 4, padding: "same" }, { type: "batchNorm", momentum: 0.3 }, { type: "gaussianNoise" }],
        stochasticDepth: 0.2,
      },
      { type: "parallel", branches: [{ layers: [{ type: "maxPool2d" }] }, { layers: [{ type: "avgPool2d" }] }] },
      { type: "flatten" },
      { type: "dropout", rate: 0.3 },
      { type: "dense", units: 3 },
    ],
    optimizer,
    sampleShape: [2, 6, 6],
    classes: 3,
    rows: 32,
    batchSize: 8,
    recipe: {
      loss: { type: "softmaxCrossEntropy", labelSmoothing: 0.1, classWeights: "balanced" },
      gradient: { clipNorm: 0.5, clipValue: 0.2 },
      regularization: { l1: 1e-4, l2: 1e-3, weightDecay: 0.01, inputNoise: 0.1, weightNoise: 0.01, labelNoise: 0.1, mixup: 0.4, cutmix: 1 },
      averaging: { type: "ema", decay: 0.9 },
      parameterGroups: [{ match: "dense1/*", lrScale: 0.5 }],
    },
  });

/** Portions of a batch, the last one smaller. */
export const accumulated = (optimizer: RecipeInput["optimizer"]) =>
  classificationBench({
    layers: [{ type: "dense", units: 6, bias: false }, { type: "batchNorm" }, { type: "tanh" }, { type: "dense", units: 3 }],
    optimizer,
    sampleShape: [4],
    classes: 3,
    rows: 64,
    batchSize: 5,
    recipe: { batch: { size: 5, accumulate: 3 }, regularization: { maxNorm: 1 } },
  });
