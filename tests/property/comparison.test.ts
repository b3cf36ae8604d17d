/** Intervals of differences, against scipy and statsmodels (figures/make_comparison.py). */
import { describe, expect, it } from "vitest";
import { differenceOfFractions, fractionInterval, meanDifference, studentQuantile } from "../../src/shared/math/comparison.ts";
import figures from "./figures/comparison.json" with { type: "json" };

const numbers = (row: readonly unknown[]): readonly number[] => row.map(Number);

describe("studentQuantile", () => {
  it.each(figures.quantiles.map(numbers))("is scipy's for the fraction %s and %s degrees of freedom", (fraction = 0, freedom = 0, expected = 0) => {
    expect(studentQuantile(fraction, freedom) / expected).toBeCloseTo(1, 7);
  });
});

describe("fractionInterval", () => {
  it.each(figures.fractions.map(numbers))("of %s right out of %s is Wilson's", (right = 0, count = 0, low = 0, high = 0) => {
    const interval = fractionInterval(right / count, count);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });
});

describe("differenceOfFractions", () => {
  it.each(figures.differences.map(numbers))("of %s and %s out of %s is Newcombe's", (a = 0, b = 0, count = 0, low = 0, high = 0) => {
    const difference = differenceOfFractions(a / count, b / count, count);
    expect(difference.value).toBeCloseTo((a - b) / count, 12);
    expect(difference.low).toBeCloseTo(low, 9);
    expect(difference.high).toBeCloseTo(high, 9);
  });
});

describe("meanDifference", () => {
  it.each(figures.means.map(([values, ...rest]) => ({ values: numbers([values].flat()), rest: numbers(rest) })))(
    "is the corrected t interval of %o",
    ({ values, rest: [overlap = 0, low = 0, high = 0] }) => {
      const difference = meanDifference(values, overlap);
      expect(difference?.low).toBeCloseTo(low, 10);
      expect(difference?.high).toBeCloseTo(high, 10);
    },
  );

  it("says nothing of one seed", () => {
    expect(meanDifference([0.1], 0)).toBeNull();
  });
});
