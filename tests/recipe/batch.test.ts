/** How the training part is cut into steps and passes, and the averages of weights along the way. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagingWeight } from "../../src/shared/recipe/averaging.ts";
import { passSizes, samplesPerEpoch, samplesPerPass, samplesPerStep, stepSizes, stepsPerEpoch } from "../../src/shared/recipe/batch.ts";
import { budgetNotes } from "../../src/shared/recipe/budgetNotes.ts";
import { matches, settingsOf } from "../../src/shared/recipe/parameterGroups.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

describe("steps of an epoch", () => {
  it("take every sample of the epoch once, in passes no larger than the batch", () => {
    const batch = fc.record({
      size: fc.oneof(fc.constant("full" as const), fc.integer({ min: 1, max: 50 })),
      accumulate: fc.integer({ min: 1, max: 5 }),
      dropLast: fc.boolean(),
    });
    fc.assert(
      fc.property(batch, fc.integer({ min: 1, max: 3000 }), (config, length) => {
        const step = samplesPerStep(config, length);
        const [usual = 0, last = usual] = stepSizes(config, length);
        expect(usual).toBe(step);
        const visited = samplesPerEpoch(config, length);
        expect((stepsPerEpoch(config, length) - 1) * usual + last).toBe(visited);
        if (!config.dropLast || config.size === "full") expect(visited).toBe(length);
        else if (config.size * config.accumulate <= length) {
          expect(length - visited).toBeLessThan(config.size);
          expect(passSizes(config, length)).toEqual([config.size]);
        }
        for (const size of passSizes(config, length)) {
          expect(size).toBeGreaterThan(0);
          expect(size).toBeLessThanOrEqual(samplesPerPass(config, length));
        }
      }),
    );
  });

  it("are as a person counts them", () => {
    const kept = { dropLast: false };
    expect(stepSizes({ size: 32, accumulate: 1, ...kept }, 100)).toEqual([32, 4]);
    expect(stepSizes({ size: 10, accumulate: 3, ...kept }, 100)).toEqual([30, 10]);
    expect(passSizes({ size: 8, accumulate: 4, ...kept }, 100)).toEqual([8, 4]);
    expect(stepSizes({ size: "full", accumulate: 1, ...kept }, 2500)).toEqual([2500]);
    expect(passSizes({ size: "full", accumulate: 1, ...kept }, 2500)).toEqual([1024, 452]);
    expect(stepSizes({ size: 1, accumulate: 1, ...kept }, 3)).toEqual([1]);
  });

  it("are of whole batches where the last one is dropped", () => {
    const whole = { dropLast: true };
    expect([samplesPerEpoch({ size: 32, accumulate: 1, ...whole }, 100), stepsPerEpoch({ size: 32, accumulate: 1, ...whole }, 100)]).toEqual([96, 3]);
    expect(stepSizes({ size: 32, accumulate: 1, ...whole }, 100)).toEqual([32]);
    // Four whole batches after two steps of six: a step of fewer batches, each of them whole.
    expect(stepSizes({ size: 6, accumulate: 6, ...whole }, 100)).toEqual([36, 24]);
    expect(passSizes({ size: 6, accumulate: 6, ...whole }, 100)).toEqual([6]);
    expect(samplesPerEpoch({ size: "full", accumulate: 1, ...whole }, 2500)).toBe(2500);
  });
});

describe("what the budget never reaches", () => {
  const notes = (changes: object) =>
    budgetNotes(
      recipeSchema.parse({
        data: { source: { type: "shipped", name: "iris" } },
        model: { layers: [{ type: "dense" }] },
        loss: { type: "softmaxCrossEntropy" },
        optimizer: { type: "sgd" },
        budget: { epochs: 6 },
        ...changes,
      }),
    );

  it.each([
    [{ warmup: { epochs: 6 } }, { warmup: { epochs: 5.5 } }, "The warm-up takes 6 epochs and the run has 6 epochs: the full learning rate is never reached."],
    [
      { averaging: { type: "swa", startEpoch: 6 } },
      { averaging: { type: "swa", startEpoch: 5 } },
      "The weight average begins at the end of epoch 6 and the run has 6 epochs: nothing is averaged, and the last weights are used.",
    ],
    [
      { earlyStopping: { type: "patience", patience: 6 } },
      { earlyStopping: { type: "patience", patience: 5 } },
      "Early stopping waits for 6 epochs and the run has 6 epochs: it cannot stop early.",
    ],
    [
      { schedule: { type: "multiStep", milestones: [2, 6, 9] } },
      { schedule: { type: "multiStep", milestones: [2, 5] } },
      "The learning rate would fall after epoch 6, 9 and the run has 6 epochs: it does not fall there.",
    ],
  ])("is told: %j", (beyond, within, text) => {
    expect(notes(beyond)).toEqual([expect.stringContaining(text)]);
    expect(notes(within)).toEqual([]);
  });

  it("is nothing in the plain recipe", () => {
    expect(notes({})).toEqual([]);
  });
});

describe("the average of weights", () => {
  /** The average after each step of weights that are their step's number. */
  const course = (config: Parameters<typeof averagingWeight>[0], steps: number, perEpoch: number) => {
    let average = -100;
    return Array.from({ length: steps }, (_, step) => {
      average += averagingWeight(config, step, perEpoch) * (step + 1 - average);
      return average;
    });
  };

  it("is the weights themselves without one", () => {
    expect(course({ type: "none" }, 4, 2)).toEqual([1, 2, 3, 4]);
  });

  it("forgets the initial weights, and then is exponential", () => {
    const [first, second] = course({ type: "ema", decay: 0.9 }, 40, 5);
    expect([first, second]).toEqual([1, 1.5]);
    expect(averagingWeight({ type: "ema", decay: 0.9 }, 39, 5)).toBeCloseTo(0.1, 12);
  });

  it("is the equal mean of the weights at the ends of epochs from the first one on", () => {
    const after = course({ type: "swa", startEpoch: 2 }, 10, 2);
    expect(after[2]).toBe(3);
    expect(after[3]).toBe(4);
    expect(after[4]).toBe(4);
    expect(after[5]).toBeCloseTo((4 + 6) / 2, 12);
    expect(after[9]).toBeCloseTo((4 + 6 + 8 + 10) / 4, 12);
  });
});

describe("parameter groups", () => {
  it("match addresses with stars for any characters, and nothing by accident", () => {
    expect(matches("conv2d1/*", "conv2d1/weight")).toBe(true);
    expect(matches("*/bias", "residual1/conv2d1/bias")).toBe(true);
    expect(matches("conv2d1/weight", "conv2d1/weightx")).toBe(false);
    expect(matches("a.b*", "aXb")).toBe(false);
    expect(matches("*", "dense1/weight")).toBe(true);
  });

  it("take the first line that matches, and decay weights only unless asked", () => {
    const recipe = recipeSchema.parse({
      data: { source: { type: "shipped", name: "iris" } },
      model: { layers: [{ type: "dense" }] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "sgd" },
      parameterGroups: [
        { match: "dense1/*", lrScale: 0.1, decay: false },
        { match: "*/weight", lrScale: 2 },
      ],
    });
    expect(settingsOf(recipe, "dense1/weight", "weight")).toEqual({ lrScale: 0.1, decayed: false });
    expect(settingsOf(recipe, "dense2/weight", "weight")).toEqual({ lrScale: 2, decayed: true });
    expect(settingsOf(recipe, "dense2/bias", "bias")).toEqual({ lrScale: 1, decayed: false });
    const all = { ...recipe, regularization: { ...recipe.regularization, decayBiases: true } };
    expect(settingsOf(all, "dense2/bias", "bias").decayed).toBe(true);
  });
});
