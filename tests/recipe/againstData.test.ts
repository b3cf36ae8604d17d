/** What only holds together with the data: shapes through the model, loss and metrics against the target, sizes of the parts. */
import { describe, expect, test } from "vitest";
import { StateLayout } from "../../src/main/engine/state.ts";
import { describeProblem } from "../../src/shared/kit/fault.ts";
import { stepsPerEpoch } from "../../src/shared/recipe/batch.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import type { LayerConfig, Recipe } from "../../src/shared/recipe/recipe.ts";
import { type RecipeInput, recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { splitCounts } from "../../src/shared/recipe/split.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { checkAgainstData } from "../../src/shared/recipe/validate.ts";
import { factsOf, starterNames, starterRecipe } from "./starters.ts";

function check(recipe: Recipe, facts: DatasetFacts) {
  const { plan, problems } = checkAgainstData(recipe, facts, splitCounts(facts, recipe.data.split).train);
  return { plan, messages: problems.map(describeProblem) };
}

const digits = starterRecipe("digits-cnn");

function withLayers(layers: RecipeInput["model"]["layers"]): Recipe {
  return recipeSchema.parse({ ...digits, model: { layers } });
}

describe("starters", () => {
  test("there are four", () => {
    expect(starterNames).toEqual(["digits-cnn", "fashion-2c2d", "fashion-cnn", "iris-mlp"]);
  });

  test.each(starterNames)("%s fits its data set and carries its file's name", (name) => {
    const recipe = starterRecipe(name);
    expect(recipe.name).toBe(name);
    const { source } = recipe.data;
    if (source.type !== "shipped") throw new Error("a starter must use a shipped data set");
    expect(check(recipe, factsOf(source.name)).messages).toEqual([]);
  });

  test("digits-cnn: shapes and parameter counts", () => {
    const { plan } = check(digits, factsOf("digits"));
    expect(plan.layers.map(({ name, outputShape, parameterCount }) => [name, outputShape.join("×"), parameterCount])).toEqual([
      ["conv1", "32×8×8", 1 * 32 * 9 + 32],
      ["relu1", "32×8×8", 0],
      ["conv2", "64×8×8", 32 * 64 * 9 + 64],
      ["relu2", "64×8×8", 0],
      ["pool", "64×4×4", 0],
      ["flatten1", "1024", 0],
      ["fc1", "64", 1024 * 64 + 64],
      ["relu3", "64", 0],
      ["fc2", "10", 64 * 10 + 10],
    ]);
    expect(plan.parameterCount).toBe(320 + 18_496 + 65_600 + 650);
    expect(plan.outputShape).toEqual([10]);
  });

  test("iris-mlp: shapes and parameter counts", () => {
    const { plan } = check(starterRecipe("iris-mlp"), factsOf("iris"));
    expect(plan.outputShape).toEqual([3]);
    expect(plan.parameterCount).toBe(4 * 16 + 16 + 16 * 16 + 16 + 16 * 3 + 3);
  });

  // DeepOBS, tensorflow/testproblems/_2c2d.py and datasets/fmnist.py (commits 7a88c3f0 and 26c0ff7c).
  test("fashion-2c2d is DeepOBS' network, to the initialization and the batches", () => {
    const recipe = starterRecipe("fashion-2c2d");
    const { plan } = check(recipe, factsOf("fashion-mnist"));
    expect(plan.layers.map(({ type, outputShape, parameterCount }) => [type, outputShape.join("×"), parameterCount])).toEqual([
      ["conv2d", "32×28×28", 25 * 1 * 32 + 32],
      ["relu", "32×28×28", 0],
      ["maxPool2d", "32×14×14", 0],
      ["conv2d", "64×14×14", 25 * 32 * 64 + 64],
      ["relu", "64×14×14", 0],
      ["maxPool2d", "64×7×7", 0],
      ["flatten", "3136", 0],
      ["dense", "1024", 3136 * 1024 + 1024],
      ["relu", "1024", 0],
      ["dense", "10", 1024 * 10 + 10],
    ]);
    // The initial weights themselves: truncated at two of 0.05, with 0.88 of it left; every bias is 0.05.
    const weights = new StateLayout(recipe, plan).initialNetwork(recipe.seed);
    for (const { name, parameters } of plan.layers)
      for (const { name: parameter } of parameters) {
        const values = weights.get(`${name}/${parameter}`)?.data ?? new Float32Array(0);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        if (parameter === "bias") expect(new Set(values), name).toEqual(new Set([Math.fround(0.05)]));
        else {
          expect(largest, name).toBeLessThanOrEqual(Math.fround(0.1));
          expect(largest, name).toBeGreaterThan(0.095);
          expect(Math.abs(deviation - 0.05 * 0.8796) / 0.05, name).toBeLessThan(3 / Math.sqrt(2 * values.length));
          expect(Math.abs(mean) / 0.05, name).toBeLessThan(4 / Math.sqrt(values.length));
        }
      }
    // 60,000 samples to learn from, 468 whole batches of 128, no validation part, the given 10,000 to test.
    const counts = splitCounts(factsOf("fashion-mnist"), recipe.data.split);
    expect(counts).toEqual({ train: 60_000, validation: 0, test: 10_000 });
    expect(stepsPerEpoch(recipe.batch, counts.train)).toBe(468);
    expect(recipe).toMatchObject({
      data: { standardize: "unit" },
      loss: { type: "softmaxCrossEntropy", labelSmoothing: 0, classWeights: "none" },
      evaluation: { testEveryEpoch: true },
      regularization: { l2: 0, weightDecay: 0 },
    });
  });

  test("fashion-cnn uses the source's own test part", () => {
    expect(splitCounts(factsOf("fashion-mnist"), starterRecipe("fashion-cnn").data.split)).toEqual({ train: 56_500, validation: 3500, test: 10_000 });
  });
});

describe("layers that do not fit", () => {
  const misfits: readonly (readonly [name: string, layers: RecipeInput["model"]["layers"], message: string, planned: number])[] = [
    [
      "dense on images",
      [{ type: "dense", units: 10 }],
      "model.layers[0]: needs one row of features per sample; received samples of shape [1, 8, 8]. Put a flatten or a globalAvgPool2d layer in front.",
      0,
    ],
    [
      "convolution behind flatten",
      [{ type: "flatten" }, { type: "conv2d" }, { type: "dense", units: 10 }],
      "model.layers[1]: needs images of shape [channels, height, width]; received samples of shape [64]. Put this layer before flatten and dense, or use data whose samples are images.",
      1,
    ],
    [
      "a kernel larger than the image",
      [{ type: "conv2d", kernel: 9 }, { type: "flatten" }, { type: "dense", units: 10 }],
      'model.layers[0].kernel: must fit into the input\'s height of 8 (padding included); received a window of 9. Make the kernel or the dilation smaller, or set padding to "same".',
      0,
    ],
    [
      "a dilated kernel wider than the image",
      [{ type: "conv2d", kernel: [1, 3], dilation: 4 }, { type: "flatten" }, { type: "dense", units: 10 }],
      'model.layers[0].kernel: must fit into the input\'s width of 8 (padding included); received a window of 9. Make the kernel or the dilation smaller, or set padding to "same".',
      0,
    ],
    [
      "pooled to nothing",
      [{ type: "maxPool2d" }, { type: "maxPool2d" }, { type: "maxPool2d" }, { type: "maxPool2d" }, { type: "flatten" }, { type: "dense", units: 10 }],
      'model.layers[3].kernel: must fit into the input\'s height of 1 (padding included); received a window of 2. Make the kernel or the dilation smaller, or set padding to "same".',
      3,
    ],
    [
      "pooling nothing but padding",
      [{ type: "maxPool2d", padding: 2 }, { type: "flatten" }, { type: "dense", units: 10 }],
      'model.layers[0].padding: must be smaller than the window of 2×2; received 2 rows and 2 columns on each side. Make the padding smaller, or use "same".',
      0,
    ],
    [
      "a wrong number of classes",
      [{ type: "flatten" }, { type: "dense", units: 9 }],
      "model.layers[1]: the last layer must give [10], one number a class of digits; received [9]. End with a dense layer of 10 units.",
      2,
    ],
    [
      "an image at the end",
      [{ type: "conv2d" }],
      "model.layers[0]: the last layer must give [10], one number a class of digits; received [32, 6, 6]. End with a dense layer of 10 units.",
      1,
    ],
    [
      "one name twice",
      [
        { type: "flatten", name: "a" },
        { type: "dense", units: 10, name: "a" },
      ],
      'model.layers[1].name: must be unique within the model; received "a" a second time. Give this layer another name.',
      1,
    ],
    [
      "a name that another layer gets by its count",
      [
        { type: "flatten", name: "dense1" },
        { type: "dense", units: 10 },
      ],
      'model.layers[1].name: must be unique within the model; received "dense1" a second time. Give this layer another name.',
      1,
    ],
  ];
  test.each(misfits)("%s", (_, layers, message, planned) => {
    const { plan, messages } = check(withLayers(layers), factsOf("digits"));
    expect(messages).toEqual([message]);
    expect(plan.layers).toHaveLength(planned);
  });
});

describe("loss, metrics and sizes", () => {
  const regression: Recipe = recipeSchema.parse({
    ...starterRecipe("iris-mlp"),
    data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false } },
    model: { layers: [{ type: "dense", units: 1 }] satisfies Partial<LayerConfig>[] },
    loss: { type: "meanSquaredError" },
    metrics: ["meanAbsoluteError"],
  });

  test("a regression fits", () => {
    expect(check(regression, factsOf("diabetes")).messages).toEqual([]);
  });

  test("a classification's loss, metric and stratification on a regression", () => {
    const recipe = recipeSchema.parse({
      ...regression,
      data: { source: regression.data.source },
      loss: { type: "softmaxCrossEntropy" },
      metrics: ["accuracy"],
    });
    expect(check(recipe, factsOf("diabetes")).messages).toEqual([
      'loss.type: must suit the target, which is a regression; received "softmaxCrossEntropy". Use "meanSquaredError", "meanAbsoluteError" or "huber".',
      'metrics[0]: must suit the target, which is a regression; received "accuracy". Use "meanAbsoluteError", "meanSquaredError", "rootMeanSquaredError" or "r2".',
      "data.split.stratified: must be false for a regression, which has no classes to stratify by; received true. Set it to false.",
    ]);
  });

  test("a regression's loss on classes", () => {
    expect(check({ ...digits, loss: { type: "meanSquaredError" } }, factsOf("digits")).messages).toEqual([
      'loss.type: must suit the target, which is a classification; received "meanSquaredError". Use "softmaxCrossEntropy", "binaryCrossEntropy", "focal" or "hinge".',
    ]);
  });

  test("a metric named twice", () => {
    expect(check({ ...digits, metrics: ["accuracy", "accuracy"] }, factsOf("digits")).messages).toEqual([
      'metrics[1]: must be named once; received "accuracy" a second time. Remove it.',
    ]);
  });

  test("a batch larger than the training part, and one exactly as large", () => {
    const { train } = splitCounts(factsOf("digits"), digits.data.split);
    expect(check({ ...digits, batch: { size: train + 1, accumulate: 1, dropLast: false } }, factsOf("digits")).messages).toEqual([
      `batch.size: must be at most ${train}, the number of training samples after the split; received ${train + 1}. Make the batch smaller.`,
    ]);
    expect(check({ ...digits, batch: { size: train, accumulate: 1, dropLast: false } }, factsOf("digits")).messages).toEqual([]);
  });

  test("a test part that the source does not name", () => {
    const split = { ...digits.data.split, test: "given" } as const;
    expect(check({ ...digits, data: { ...digits.data, split } }, factsOf("digits")).messages).toEqual([
      'data.split.test: must be a fraction such as 0.15, because this data set names no test part of its own; received "given". Give the fraction of samples to keep for testing.',
    ]);
  });

  test("nothing left for training", () => {
    const split = splitSchema.parse({ validation: 0.6, test: 0.4 });
    expect(check({ ...digits, data: { ...digits.data, split } }, factsOf("digits")).messages).toEqual([
      "data.split: must leave at least one of the 1797 samples for training, one for validation and one for the test; received a validation part of 0.6 and a test part of 0.4, which is 0 for training, 1078 for validation and 719 for the test. Use smaller fractions, so that something is left to train on.",
    ]);
  });

  test("a part that rounds to nothing", () => {
    const tiny: DatasetFacts = { ...factsOf("digits"), length: 20 };
    const split = splitSchema.parse({ validation: 0.01, test: 0.2 });
    expect(check({ ...digits, batch: { size: 1, accumulate: 1, dropLast: false }, data: { ...digits.data, split } }, tiny).messages).toEqual([
      "data.split: must leave at least one of the 20 samples for training, one for validation and one for the test; received a validation part of 0.01 and a test part of 0.2, which is 16 for training, 0 for validation and 4 for the test. Use larger fractions, or more data.",
    ]);
  });
});
