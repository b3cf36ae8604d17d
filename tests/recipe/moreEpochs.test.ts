/** What more epochs do to a run, held against every learning rate of every schedule's samples. */
import { describe, expect, it } from "vitest";
import { learningRateFactor, startOfSchedule } from "../../src/shared/catalog/schedules/factor.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import { extended, extensionNotes, totalWithMore } from "../../src/shared/recipe/moreEpochs.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";

const recipeWith = (more: object) =>
  requireRecipe({
    data: { source: { type: "shipped", name: "iris" } },
    model: { layers: [{ type: "dense", units: 3 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd", lr: 0.5 },
    budget: { epochs: 10 },
    ...more,
  });
const trained = { status: "completed", epoch: 10, totalEpochs: 10, step: 70, totalSteps: 70 };

describe("more epochs", () => {
  const samples = Object.entries(schedules).flatMap(([type, { samples: given }]) => given.map(({ config }) => ({ ...config, type })));

  it.each(samples)("keep the learning rates of %j, or say that they do not", (schedule) => {
    for (const warmup of [{ epochs: 0 }, { epochs: 2 }]) {
      const recipe = recipeWith({ schedule, warmup });
      const rates = (totalSteps: number) =>
        Array.from({ length: 70 }, (_, step) =>
          Math.fround(
            0.5 *
              learningRateFactor(
                { schedule: recipe.schedule, warmup: recipe.warmup, state: startOfSchedule(recipe.schedule) },
                { step, totalSteps, stepsPerEpoch: 7 },
              ),
          ),
        );
      const extension = extended(recipe, trained, 20);
      expect(extension.totalSteps).toBe(140);
      expect(extension.rate === null).toBe(JSON.stringify(rates(70)) === JSON.stringify(rates(140)));
      if (extension.rate !== null) expect(extension.rate.last).toBe(rates(70).at(-1));
      expect(extension.patience).toBeNull();
      expect(extension.recipe).toEqual({ ...recipe, budget: { epochs: 20 } });
    }
  });

  it("tell schedules apart: a constant goes on, a cosine does not", () => {
    expect(extensionNotes(extended(recipeWith({}), trained, 20), trained)).toEqual(["The run goes on as one that had 20 epochs from the start."]);
    const cosine = extended(recipeWith({ schedule: { type: "cosine" } }), trained, 20);
    expect(cosine.rate?.next).toBeCloseTo(0.25, 6);
    expect(extensionNotes(cosine, trained)[0]).toContain(
      'of the schedule "cosine" depend on the length of the run: up to step 70 they were those of 10 epochs',
    );
  });

  it("give a run that stopped early the patience to train them all", () => {
    const recipe = recipeWith({ budget: { epochs: 100 }, earlyStopping: { type: "patience", patience: 3, metric: "accuracy" } });
    const stopped = { status: "completed", epoch: 8, totalEpochs: 100, step: 56, totalSteps: 700 };
    expect(totalWithMore(stopped, 5)).toBe(13);
    const extension = extended(recipe, stopped, 13);
    expect(extension.patience).toEqual({ before: 3, after: 8 });
    expect(extension.recipe.earlyStopping).toEqual({ ...recipe.earlyStopping, patience: 8 });
    expect(extension.totalSteps).toBe(91);
    // One that was halted keeps its patience, and gets more on top of its budget.
    const halted = { ...stopped, status: "paused" };
    expect(totalWithMore(halted, 5)).toBe(105);
    expect(extended(recipe, halted, 105).patience).toBeNull();
  });

  it.each([
    ["completed", 10],
    ["completed", 0],
    ["completed", 10.5],
    ["paused", 9],
    ["completed", 1_000_001],
  ])("of a %s run to %d in all are refused", (status, epochs) => {
    expect(() => extended(recipeWith({}), { ...trained, status }, epochs)).toThrow(/must be a whole number from 1[01] to 1000000/);
  });
});
