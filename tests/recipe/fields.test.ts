/** Every way a single field can be wrong, with the exact words that the command line prints and the window shows. */

import { describe, expect, test } from "vitest";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { describeProblem, Fault } from "../../src/shared/kit/fault.ts";
import { parseRecipe, requireRecipe } from "../../src/shared/recipe/validate.ts";
import { starterFile } from "./starters.ts";

/** digits-cnn with the value at a path replaced; `undefined` removes the field. */
function withValue(path: readonly (string | number)[], value: unknown): unknown {
  const recipe: unknown = structuredClone(starterFile("digits-cnn").recipe);
  let here: unknown = recipe;
  for (const key of path.slice(0, -1)) here = Reflect.get(Object(here), key);
  const last = path.at(-1) ?? "";
  if (value === undefined) Reflect.deleteProperty(Object(here), last);
  else Reflect.set(Object(here), last, value);
  return recipe;
}

const RECIPE_FIELDS =
  "the fields here are format, name, description, seed, data, augmentation, model, loss, metrics, optimizer, schedule, warmup, gradient, parameterGroups, batch, regularization, averaging, earlyStopping, evaluation, budget, device";
/** `"a", "b" or "c"` */
const listed = (registry: object) => {
  const names = Object.keys(registry).map((name) => `"${name}"`);
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
};
const LAYER_TYPES = listed(layers);
const LR = "optimizer.lr: must be a number greater than 0 and at most 1000";

const cases: readonly (readonly [path: readonly (string | number)[], value: unknown, messages: readonly string[]])[] = [
  [["optimzer"], {}, [`optimzer: is not a field; ${RECIPE_FIELDS}; received "optimzer". Did you mean "optimizer"?`]],
  [["zzz"], 1, [`zzz: is not a field; ${RECIPE_FIELDS}; received "zzz". Remove it or correct its name.`]],
  [["batch"], { sise: 8 }, ['batch.sise: is not a field; the fields here are size, accumulate, dropLast; received "sise". Did you mean "size"?']],
  [
    ["model", "layers", 0, "filtres"],
    16,
    [
      'model.layers[0].filtres: is not a field; the fields here are type, name, filters, kernel, stride, padding, dilation, groups, bias, init; received "filtres". Did you mean "filters"?',
    ],
  ],
  [["optimizer", "lr"], -1, [`${LR}; received -1. Correct it, or leave it out for the default, 0.001.`]],
  [["optimizer", "lr"], 0, [`${LR}; received 0. Correct it, or leave it out for the default, 0.001.`]],
  [["optimizer", "lr"], Number.NaN, [`${LR}; received NaN. Correct it, or leave it out for the default, 0.001.`]],
  [["optimizer", "lr"], Number.POSITIVE_INFINITY, [`${LR}; received Infinity. Correct it, or leave it out for the default, 0.001.`]],
  [["optimizer", "lr"], "0.01", [`${LR}; received "0.01". Write 0.01 without the quotes.`]],
  [["optimizer", "lr"], null, [`${LR}; received null. Correct it, or leave it out for the default, 0.001.`]],
  [
    ["optimizer", "beta1"],
    1,
    ["optimizer.beta1: must be a number of at least 0 and less than 1; received 1. Correct it, or leave it out for the default, 0.9."],
  ],
  [["optimizer", "type"], "Adm", [`optimizer.type: must be ${listed(optimizers)}; received "Adm". Did you mean "adam"?`]],
  [["optimizer", "type"], undefined, [`optimizer.type: is required and must be ${listed(optimizers)}; received nothing. Add it.`]],
  [["optimizer"], "adam", [`optimizer: must be an object whose type is ${listed(optimizers)}; received "adam". Write {"type": "adam"}.`]],
  [
    ["optimizer"],
    undefined,
    [`optimizer: is required and must be an object whose type is ${listed(optimizers)}; received nothing. Add it, for example "optimizer": {"type": "sgd"}.`],
  ],
  [["data"], undefined, ["data: is required and must be an object; received nothing. Add it."]],
  [["model", "layers"], undefined, ["model.layers: is required and must be a list; received nothing. Add it."]],
  [["model", "layers"], [], ["model.layers: must not be empty; received []. Add an item."]],
  [["model", "layers"], {}, ["model.layers: must be a list; received {}. Correct it."]],
  [["model", "layers", 1], "relu", [`model.layers[1]: must be an object whose type is ${LAYER_TYPES}; received "relu". Write {"type": "relu"}.`]],
  [["model", "layers", 0, "type"], "conv", [`model.layers[0].type: must be ${LAYER_TYPES}; received "conv". Did you mean "conv1d"?`]],
  [["model", "layers", 0, "type"], "transformer", [`model.layers[0].type: must be ${LAYER_TYPES}; received "transformer". Choose one of these.`]],
  [
    ["model", "layers", 0, "filters"],
    1.5,
    ["model.layers[0].filters: must be a whole number from 1 to 8192; received 1.5. Correct it, or leave it out for the default, 32."],
  ],
  [
    ["model", "layers", 0, "kernel"],
    [3],
    [
      "model.layers[0].kernel: must be a whole number of at least 1 or a pair of whole numbers of at least 1; received [3]. Correct it, or leave it out for the default, 3.",
    ],
  ],
  [
    ["model", "layers", 0, "padding"],
    "sme",
    [
      'model.layers[0].padding: must be "valid", "same", "symmetric", a whole number of at least 0 or a pair of whole numbers of at least 0; received "sme". Did you mean "same"?',
    ],
  ],
  [
    ["model", "layers", 0, "name"],
    "1st layer",
    ['model.layers[0].name: must start with a letter and contain letters, digits, _ . -; received "1st layer". Correct it, or leave it out.'],
  ],
  [["loss", "type"], "mse", [`loss.type: must be ${listed(losses)}; received "mse". Choose one of these.`]],
  [["metrics"], ["acuracy"], [`metrics[0]: must be ${listed(metrics)}; received "acuracy". Did you mean "accuracy"?`]],
  [["data", "split", "test"], "givn", ['data.split.test: must be "given" or a number from 0.01 to 0.8; received "givn". Did you mean "given"?']],
  [
    ["data", "split", "test"],
    2,
    ['data.split.test: must be "given" or a number from 0.01 to 0.8; received 2. Correct it, or leave it out for the default, 0.15.'],
  ],
  [
    ["data", "split", "stratified"],
    "yes",
    ['data.split.stratified: must be true or false; received "yes". Correct it, or leave it out for the default, true.'],
  ],
  [["data", "source"], { type: "csv", path: "a.csv" }, ["data.source.target: is required and must be a text; received nothing. Add it."]],
  [
    ["seed"],
    2 ** 60,
    ["seed: must be a whole number from 0 to 9007199254740991; received 1152921504606847000. Correct it, or leave it out for the default, 0."],
  ],
  [["format"], 0, ["format: must be 2; received 0. Correct it, or leave it out for the default, 2."]],
  [
    ["batch"],
    { size: 0, sice: 1 },
    [
      'batch.size: must be "full" or a whole number from 1 to 1000000; received 0. Correct it, or leave it out for the default, 64.',
      'batch.sice: is not a field; the fields here are size, accumulate, dropLast; received "sice". Did you mean "size"?',
    ],
  ],
];

describe("a wrong field", () => {
  test.each(cases)("%j = %j", (path, value, messages) => {
    const { recipe, problems } = parseRecipe(withValue(path, value));
    expect(problems.map(describeProblem)).toEqual(messages);
    expect(recipe).toBeNull();
  });

  test.each([
    [3, "recipe: must be an object; received 3. Correct it."],
    [null, "recipe: must be an object; received null. Correct it."],
    [[], "recipe: must be an object; received []. Correct it."],
    [undefined, "recipe: is required and must be an object; received nothing. Add it."],
  ])("a recipe that is %j", (value, message) => {
    expect(parseRecipe(value).problems.map(describeProblem)).toEqual([message]);
  });

  test("every problem is found at once", () => {
    expect(parseRecipe({}).problems.map(({ place }) => place)).toEqual(["data", "model", "loss", "optimizer"]);
  });

  test("requireRecipe throws them all as one fault", () => {
    expect(() => requireRecipe({})).toThrow(Fault);
    expect(() => requireRecipe({})).toThrow(/^data: .*\nmodel: .*\nloss: .*\noptimizer: /);
  });

  test("a name every object inherits is no field", () => {
    const recipe = JSON.parse('{"constructor": 1, "__proto__": 2}');
    expect(parseRecipe({ ...starterFile("digits-cnn").recipe, ...recipe }).problems.map(({ place }) => place)).toEqual(["constructor", "__proto__"]);
  });
});

describe("a right recipe", () => {
  test("gets every default and keeps what was written", () => {
    const { recipe, problems } = parseRecipe({
      data: { source: { type: "shipped", name: "iris" } },
      model: { layers: [{ type: "dense", units: 3 }] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "momentum", lr: 0.2 },
    });
    expect(problems).toEqual([]);
    expect(recipe).toEqual({
      format: 2,
      name: "untitled",
      description: "",
      seed: 0,
      data: {
        source: { type: "shipped", name: "iris" },
        split: { validation: 0.15, test: 0.15, stratified: true, group: "", method: { type: "holdOut" } },
        encoding: { missing: "median", indicator: false, categories: "oneHot", maxCategories: 64 },
        standardize: "feature",
        standardizeTargets: true,
      },
      augmentation: [],
      model: { layers: [{ type: "dense", units: 3, bias: true }] },
      loss: { type: "softmaxCrossEntropy", labelSmoothing: 0, classWeights: "none" },
      metrics: ["accuracy"],
      optimizer: { type: "momentum", lr: 0.2, momentum: 0.9 },
      schedule: { type: "constant" },
      warmup: { epochs: 0, from: 0.1 },
      gradient: { clipNorm: 0, clipValue: 0 },
      parameterGroups: [],
      batch: { size: 64, accumulate: 1, dropLast: false },
      regularization: {
        l2: 0,
        l1: 0,
        weightDecay: 0,
        decayBiases: false,
        maxNorm: 0,
        inputNoise: 0,
        weightNoise: 0,
        labelNoise: 0,
        mixup: 0,
        cutmix: 0,
      },
      averaging: { type: "none" },
      earlyStopping: { type: "none" },
      evaluation: { testEveryEpoch: false, training: "auto" },
      budget: { epochs: 10 },
      device: { type: "cpu", threads: 2 },
    });
  });
});
