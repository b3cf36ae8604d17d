/** What the preview of the learning rate draws of a recipe that is still being written. */
import { expect, it } from "vitest";
import { previewedRates } from "../../src/renderer/features/workbench/previewedRates.ts";

const RUN = { totalSteps: 200, stepsPerEpoch: 20 };

it("is the recipe's rate times the factor, from the first step to the end of the last", () => {
  const preview = previewedRates({ optimizer: { type: "sgd", lr: 0.5 }, schedule: { type: "cosine" }, warmup: { epochs: 1, from: 0.2 } }, RUN);
  expect(preview?.start).toEqual({ step: 0, rate: 0.1 });
  expect(preview?.peak).toEqual({ step: 20, rate: 0.5 });
  expect(preview?.end.step).toBe(199);
  expect(preview?.drawn.at(-1)).toEqual({ step: 200, rate: preview?.end.rate });
  expect(preview?.reactive).toBe(false);
});

it("takes the defaults where nothing is written, and does not mind what else is wrong", () => {
  const preview = previewedRates({ optimizer: { type: "adam" }, model: "none yet" }, RUN);
  expect([preview?.start.rate, preview?.end.rate]).toEqual([0.001, 0.001]);
  expect(previewedRates({ optimizer: { type: "adam" }, schedule: { type: "reduceOnPlateau" } }, RUN)?.reactive).toBe(true);
});

it("is nothing where the rate cannot be read or nothing is trained", () => {
  const optimizer = { type: "sgd", lr: 0.1 };
  for (const recipe of [
    null,
    3,
    {},
    { optimizer: { type: "sgd", lr: -1 } },
    { optimizer, schedule: { type: "cosin" } },
    { optimizer, warmup: { epochs: "x" } },
  ])
    expect(previewedRates(recipe, RUN)).toBeNull();
  expect(previewedRates({ optimizer }, { totalSteps: 0, stepsPerEpoch: 20 })).toBeNull();
  expect(previewedRates({ optimizer }, { totalSteps: Number.NaN, stepsPerEpoch: 20 })).toBeNull();
});
