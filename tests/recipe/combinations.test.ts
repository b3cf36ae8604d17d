/** Combinations that cannot be are refused where they are written, with the reason and what to do. */
import { describe, expect, it } from "vitest";
import { presets } from "../../src/shared/catalog/presets/index.ts";
import { type PresetDefinition, refusalOf } from "../../src/shared/catalog/presets/preset.ts";
import { describeProblem } from "../../src/shared/kit/fault.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import { estimateMemory } from "../../src/shared/recipe/memory.ts";
import { everyLayer, planModel } from "../../src/shared/recipe/plan.ts";
import { presetRecipes } from "../../src/shared/recipe/presetRecipes.ts";
import { splitCounts } from "../../src/shared/recipe/split.ts";
import { checkAgainstData, requireRecipe } from "../../src/shared/recipe/validate.ts";
import { factsOf } from "./starters.ts";

const facts = (sampleShape: readonly number[], classes: number): DatasetFacts => ({
  name: "things",
  length: 100,
  sampleShape,
  elementType: "float32",
  target: { kind: "classification", classes: Array.from({ length: classes }, (_, i) => `class ${i}`) },
  givenTest: 0,
});

const head = (classes: number) => [{ type: "globalAvgPool2d" }, { type: "dense", units: classes }];

function problemsOf(of: object, { shape = [3, 8, 8], classes = 4, training = 70 }: { shape?: readonly number[]; classes?: number; training?: number } = {}) {
  const recipe = requireRecipe({
    data: { source: { type: "shipped", name: "things" } },
    model: { layers: head(classes) },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd" },
    batch: { size: 8 },
    ...of,
  });
  return checkAgainstData(recipe, facts(shape, classes), training).problems.map(describeProblem);
}

describe("what cannot be", () => {
  it("is nothing in the plain recipe", () => {
    expect(problemsOf({})).toEqual([]);
  });

  it("batch norm on batches of one sample, the last of an epoch included", () => {
    const model = { layers: [{ type: "globalAvgPool2d" }, { type: "batchNorm" }, { type: "dense", units: 4 }] };
    expect(problemsOf({ model, batch: { size: 1 } })).toEqual([
      "batch.size: must not leave a batch of one sample, of which batchNorm1 could take no statistics; received 1. Make it 2 or more, or use layerNorm or groupNorm.",
    ]);
    expect(problemsOf({ model, batch: { size: 23 } })).toEqual([
      "batch.size: must not leave a batch of one sample, of which batchNorm1 could take no statistics; received 23 for 70 training samples, the last one alone. Make it one larger or smaller, or set batch.dropLast to true.",
    ]);
    expect(problemsOf({ model, batch: { size: 24 } })).toEqual([]);
    expect(problemsOf({ model, batch: { size: 23, dropLast: true } })).toEqual([]);
    expect(problemsOf({ batch: { size: 1 } })).toEqual([]);
  });

  it("but not where one sample has space to take statistics over, as in PyTorch", () => {
    const model = { layers: [{ type: "conv2d", filters: 4 }, { type: "batchNorm" }, ...head(4)] };
    for (const size of [1, 23]) expect(problemsOf({ model, batch: { size } })).toEqual([]);
    expect(problemsOf({ model, batch: { size: 1 } }, { shape: [3, 3, 3] })[0]).toContain("batchNorm1 could take no statistics");
  });

  it("batch norm inside a container too", () => {
    const model = { layers: [{ type: "residual", layers: [{ type: "batchNorm" }] }, ...head(4)] };
    expect(problemsOf({ model, batch: { size: 1 } }, { shape: [3, 1, 1] })[0]).toContain("residual1/batchNorm1 could take no statistics");
  });

  it("same padding with an even kernel and a stride", () => {
    const model = { layers: [{ type: "conv2d", filters: 4, kernel: 4, stride: 2, padding: "same" }, ...head(4)] };
    const [problem, ...more] = problemsOf({ model });
    expect(problem).toMatch(/^model\.layers\[0\]\.padding: /);
    expect(more).toEqual([]);
  });

  it("groups that do not divide, for convolution and group norm", () => {
    expect(problemsOf({ model: { layers: [{ type: "conv2d", filters: 4, groups: 2 }, ...head(4)] } })[0]).toMatch(/^model\.layers\[0\]\.groups: /);
    expect(problemsOf({ model: { layers: [{ type: "conv2d", filters: 4 }, { type: "groupNorm", groups: 3 }, ...head(4)] } })[0]).toMatch(
      /^model\.layers\[1\]\.groups: /,
    );
  });

  it("softmax over one class", () => {
    expect(problemsOf({}, { classes: 1 })[0]).toMatch(/^loss: .*one class/);
  });

  it("what watches the validation, without one", () => {
    const data = { source: { type: "shipped", name: "things" }, split: { validation: 0 } };
    expect(problemsOf({ data })).toEqual([]);
    expect(problemsOf({ data, schedule: { type: "reduceOnPlateau" } })).toEqual([
      'schedule.type: watches the validation part, and data.split.validation leaves none; received "reduceOnPlateau". Give data.split.validation a fraction such as 0.15, or choose another.',
    ]);
    expect(problemsOf({ data, earlyStopping: { type: "patience" } })[0]).toMatch(/^earlyStopping\.type: watches the validation part/);
  });

  it("more accumulation than there is data, and accumulation of everything", () => {
    expect(problemsOf({ batch: { size: 10, accumulate: 8 } })).toEqual([
      "batch.accumulate: must be at most 7, the number of training samples after the split over the batch size; received 8. Accumulate fewer batches.",
    ]);
    expect(problemsOf({ batch: { size: "full", accumulate: 2 } })).toEqual([
      "batch.accumulate: must be 1 where the batch is the whole training part; received 2. Set it to 1, or give the batch a number.",
    ]);
  });

  it("cutting boxes out of rows of features", () => {
    const rows = { model: { layers: [{ type: "dense", units: 4 }] }, regularization: { cutmix: 1 } };
    expect(problemsOf(rows, { shape: [5] })[0]).toMatch(/^regularization\.cutmix: needs samples with space to cut from/);
  });

  it("a parameter group that nothing matches", () => {
    expect(problemsOf({ parameterGroups: [{ match: "conv9/*" }] })).toEqual([
      'parameterGroups[0].match: must match a parameter\'s address; there are dense1/weight, dense1/bias; received "conv9/*". Correct it, with * for any characters.',
    ]);
  });
});

describe("presets", () => {
  const shapes: Readonly<Record<number, readonly number[]>> = { 1: [20], 2: [4, 64], 3: [3, 32, 32], 4: [1, 16, 16, 16] };

  it.each(Object.entries<PresetDefinition>(presets))("%s is an ordinary recipe", (_, preset) => {
    const input = shapes[preset.rank ?? 3] ?? [];
    expect(refusalOf(preset, input)).toBeNull();
    const model = { layers: preset.layers(input, 7) };
    expect(problemsOf({ model }, { shape: input, classes: 7 })).toEqual([]);
    expect(preset.summary.en).toMatch(/^[A-Z].*\.$/);
  });

  it.each(presetRecipes().map((each) => [each.name, each.recipe] as const))("%s fits its data set", (_, recipe) => {
    const { source } = recipe.data;
    if (source.type !== "shipped") throw new Error("a preset must use a shipped data set");
    const data = factsOf(source.name);
    expect(checkAgainstData(recipe, data, splitCounts(data, recipe.data.split).train).problems.map(describeProblem)).toEqual([]);
  });

  it("refuse samples they are not made for, in words", () => {
    expect(refusalOf(presets.resnet20, [64])?.en).toBe("needs images [channels, height, width], and the samples are 64");
    expect(refusalOf(presets.lenet5, [1, 8, 8])?.en).toBe("needs samples of at least 20 in every direction, and these are 8×8");
  });

  it.each([
    ["resnet20", 0.27],
    ["resnet32", 0.46],
    ["resnet56", 0.85],
  ] as const)("%s has the paper's number of parameters, in millions", (name, millions) => {
    const recipe = requireRecipe({
      data: { source: { type: "shipped", name: "things" } },
      model: { layers: presets[name].layers([3, 32, 32], 10) },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "sgd" },
    });
    const { plan } = planModel(recipe, { sampleShape: [3, 32, 32] });
    expect(plan.parameterCount / 1e6).toBeCloseTo(millions, 2);
    // Layers with weights, as the paper counts them.
    const weighted = [...everyLayer(plan.layers)].filter(({ type }) => type === "conv2d" || type === "dense");
    expect(weighted.length).toBe(Number(name.replace("resnet", "")));
  });
});

describe("the estimate of memory", () => {
  it("grows with the batch and with the optimizer's state", () => {
    const estimate = (of: object) => {
      const recipe = requireRecipe({
        data: { source: { type: "shipped", name: "things" } },
        model: { layers: presets.resnet20.layers([3, 32, 32], 10) },
        loss: { type: "softmaxCrossEntropy" },
        optimizer: { type: "sgd" },
        ...of,
      });
      const data = { ...facts([3, 32, 32], 10), length: 50_000 };
      return estimateMemory(recipe, planModel(recipe, data).plan, data, 35_000);
    };
    const plain = estimate({ batch: { size: 64 } });
    expect(estimate({ batch: { size: 128 } }).activations).toBe(2 * plain.activations);
    expect(estimate({ optimizer: { type: "adam" } }).state).toBeGreaterThan(plain.state);
    expect(estimate({ averaging: { type: "ema" } }).state).toBeGreaterThan(plain.state);
    expect(plain.total).toBeGreaterThan(plain.activations + plain.state + plain.data);
  });
});
