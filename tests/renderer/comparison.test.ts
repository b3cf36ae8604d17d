/** What is said of a recipe with and without its augmentations: never more than the samples and the seeds allow. */
import { describe, expect, it } from "vitest";
import { judge, resultOf } from "../../src/renderer/features/augment/judgement.ts";
import type { RunSummary } from "../../src/shared/contract/runs.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";

function comparison(validation: number, { metrics = ["accuracy"], given = false }: { readonly metrics?: readonly string[]; readonly given?: boolean } = {}) {
  const { recipe } = parseRecipe({
    data: { source: { type: "shipped", name: "iris" }, split: given ? { validation: "given", test: "given" } : {} },
    model: { layers: [{ type: "dense", units: 3 }] },
    loss: { type: metrics[0] === "r2" ? "meanSquaredError" : "softmaxCrossEntropy" },
    metrics,
    optimizer: { type: "adam" },
    budget: { epochs: 1 },
  });
  if (recipe === null) throw new Error("the recipe is not valid");
  return { recipe, validation, training: 4 * validation };
}

describe("judge", () => {
  it("waits for the first pair", () => {
    expect(judge(comparison(100), []).verdict).toBe("waiting");
  });

  it("cannot tell 9 of 9 from 7 of 9 right with one seed", () => {
    const { verdict, difference } = judge(comparison(9), [{ with: 1, without: 7 / 9 }]);
    expect(verdict).toBe("same");
    expect(difference?.low).toBeLessThan(0);
  });

  it("tells the same fractions apart where there are many samples", () => {
    expect(judge(comparison(900), [{ with: 1, without: 7 / 9 }]).verdict).toBe("better");
    expect(judge(comparison(900), [{ with: 7 / 9, without: 1 }]).verdict).toBe("worse");
  });

  it("says nothing from one seed where the metric counts no samples", () => {
    expect(judge(comparison(900, { metrics: ["macroF1"] }), [{ with: 0.9, without: 0.1 }])).toMatchObject({ verdict: "fewSeeds", difference: null });
    expect(judge(comparison(900, { metrics: ["r2"] }), [{ with: 0.9, without: 0.1 }]).verdict).toBe("fewSeeds");
  });

  it("takes differences seed by seed, so that what both sides share does not count", () => {
    const results = [0.5, 0.7, 0.9].map((value, i) => ({ with: value + 0.05 + i / 1000, without: value }));
    expect(judge(comparison(900), results).verdict).toBe("better");
  });

  it("is more careful where every seed draws another split, because the training parts overlap", () => {
    const results = [0.02, 0.05, 0.09].map((value) => ({ with: 0.8 + value, without: 0.8 }));
    expect(judge(comparison(90_000), results).verdict).toBe("same");
    expect(judge(comparison(90_000, { given: true }), results).verdict).toBe("same");
    const steadier = [0.04, 0.05, 0.06].map((value) => ({ with: 0.8 + value, without: 0.8 }));
    expect(judge(comparison(90_000, { given: true }), steadier).verdict).toBe("better");
  });

  it("does not let seeds make up for few validation samples that are the same for all of them", () => {
    const results = [0, 1, 2, 3, 4].map(() => ({ with: 1, without: 7 / 9 }));
    expect(judge(comparison(9, { given: true }), results).verdict).toBe("same");
  });

  it("does not take the same figures of two seeds on few samples for certainty", () => {
    expect(
      judge(
        comparison(9),
        [1, 2].map(() => ({ with: 1, without: 8 / 9 })),
      ).verdict,
    ).toBe("same");
  });

  it("knows that a smaller loss is better", () => {
    const none = comparison(900, { metrics: [] });
    expect(
      judge(
        none,
        [0.1, 0.11, 0.12].map((without) => ({ with: without - 0.05, without })),
      ).verdict,
    ).toBe("better");
  });
});

describe("resultOf", () => {
  const run = {
    status: "completed",
    best: { tested: true, metrics: { "validation.accuracy": 0.9 } },
    latest: { "validation.accuracy": 0.8 },
  } as unknown as RunSummary;

  it("is the value with the weights that are tested", () => {
    expect(resultOf(run, "validation.accuracy")).toBe(0.9);
    expect(resultOf({ ...run, best: run.best && { ...run.best, tested: false } }, "validation.accuracy")).toBe(0.8);
  });

  it("is nothing before the run is completed", () => {
    expect(resultOf({ ...run, status: "running" }, "validation.accuracy")).toBeNull();
    expect(resultOf(undefined, "validation.accuracy")).toBeNull();
  });
});
