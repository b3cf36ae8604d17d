/** The one epoch at which folds are summed up, against means written out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochOfFolds, type FoldCourse } from "../../src/shared/recipe/foldEpoch.ts";

const SERIES = "validation.accuracy";
const largest = { series: SERIES, largerIsBetter: true };
const course = (...values: readonly (number | undefined)[]): FoldCourse =>
  new Map(values.map((value, i) => [i + 1, value === undefined ? { "validation.loss": 1 } : { [SERIES]: value }]));

describe("the epoch of folds", () => {
  it("is the one with the best mean, not that of any fold", () => {
    // Means 0.5, 0.75, 0.625: the folds' own best epochs are 1 and 3.
    expect(epochOfFolds([course(0.75, 0.75, 0.25), course(0.25, 0.75, 1)], largest)).toBe(2);
    expect(epochOfFolds([course(0.75, 0.75, 0.25), course(0.25, 0.75, 1)], { ...largest, largerIsBetter: false })).toBe(1);
  });

  it("is among the epochs that every fold has, the earliest of equal ones", () => {
    expect(epochOfFolds([course(0.5, 0.5, 0.9), course(0.5, 0.5)], largest)).toBe(1);
    expect(epochOfFolds([course(0.5, undefined, 0.9), course(0.5, 0.9, 0.6)], largest)).toBe(3);
    expect(epochOfFolds([course(undefined, 0.9), course(0.5)], largest)).toBeNull();
  });

  it("does not ask a fold where the metric was never defined, and is none where no fold has it", () => {
    expect(epochOfFolds([course(0.5, 0.9), course(undefined, undefined), course(Number.NaN)], largest)).toBe(2);
    expect(epochOfFolds([course(undefined)], largest)).toBeNull();
    expect(epochOfFolds([], largest)).toBeNull();
  });

  it("has a mean no worse than any other common epoch's, whatever the folds are", () => {
    const folds = fc.array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(folds, fc.boolean(), (values, largerIsBetter) => {
        const chosen = epochOfFolds(
          values.map((fold) => course(...fold)),
          { series: SERIES, largerIsBetter },
        );
        const shortest = Math.min(...values.map(({ length }) => length));
        const means = Array.from({ length: shortest }, (_, i) => values.reduce((sum, fold) => sum + (fold[i] ?? Number.NaN), 0) / values.length);
        expect(means[(chosen ?? 0) - 1]).toBe(largerIsBetter ? Math.max(...means) : Math.min(...means));
      }),
    );
  });
});
