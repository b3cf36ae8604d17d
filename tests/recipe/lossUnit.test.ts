/** What losses are measured in, in words. */
import { expect, it } from "vitest";
import { lossUnitText } from "../../src/main/hosts/cli/text.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { lossUnitWords } from "../../src/shared/recipe/lossUnit.ts";
import { type LossConfig, recipeSchema } from "../../src/shared/recipe/recipe.ts";

const recipeOf = (loss: unknown, standardizeTargets: boolean) =>
  recipeSchema.parse({
    data: { source: { type: "shipped", name: "iris" }, standardizeTargets },
    model: { layers: [{ type: "dense", units: 3 }] },
    loss,
    optimizer: { type: "adam" },
  });

const shortOf = (loss: Partial<LossConfig>, standardizeTargets = false) => lossUnitWords(recipeOf(loss, standardizeTargets)).short.en;

it("are nats, weighted nats, score, or of the target, by the loss and its settings", () => {
  expect(Object.fromEntries(Object.keys(losses).map((type) => [type, shortOf({ type } as Partial<LossConfig>)]))).toEqual({
    softmaxCrossEntropy: "nats",
    binaryCrossEntropy: "nats",
    focal: "weighted nats",
    hinge: "score",
    meanSquaredError: "target units²",
    meanAbsoluteError: "target units",
    huber: "target units²",
  });
  expect(shortOf({ type: "softmaxCrossEntropy", classWeights: "balanced" })).toBe("weighted nats");
  expect(shortOf({ type: "binaryCrossEntropy", positiveWeight: 2 })).toBe("weighted nats");
  expect(shortOf({ type: "focal", gamma: 0 })).toBe("nats");
});

it("are standard deviations where targets are standardized, which classes never are", () => {
  expect(shortOf({ type: "meanSquaredError" }, true)).toBe("std. dev.²");
  expect(shortOf({ type: "meanAbsoluteError" }, true)).toBe("std. dev.");
  expect(shortOf({ type: "huber" }, true)).toBe("std. dev.²");
  expect(shortOf({ type: "softmaxCrossEntropy" }, true)).toBe("nats");
});

it("are said in a sentence on the command line", () => {
  expect(lossUnitText(recipeOf({ type: "softmaxCrossEntropy" }, true))).toBe("The loss is in nats.");
  expect(lossUnitText(recipeOf({ type: "meanAbsoluteError" }, false))).toBe("The loss is in the target's unit.");
  expect(lossUnitText(recipeOf({ type: "huber" }, true))).toBe(
    "The loss is of the standardized target, in squared standard deviations of the target; the metrics are in the target's own unit.",
  );
});
