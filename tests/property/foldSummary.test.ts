/** The summary over folds against sums written out, and what must hold for any values. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldSummary, repeatedSummary } from "../../src/shared/math/foldSummary.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });

/** As the formula stands in a textbook. */
function plain(list: readonly number[]) {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1);
  return { mean, deviation: Math.sqrt(variance), standardError: Math.sqrt(variance / list.length) };
}

const close = (a: number | null | undefined, b: number) => Math.abs((a ?? Number.NaN) - b) <= 1e-9 * Math.max(1, Math.abs(b), 1e6);

describe("foldSummary", () => {
  test("of five accuracies, worked out by hand", () => {
    // Mean 0.9, squared deviations 0.0004 + 0.0001 + 0 + 0.0001 + 0.0004 = 0.001, over 4.
    const summary = foldSummary([0.88, 0.89, 0.9, 0.91, 0.92]);
    expect(summary).toMatchObject({ count: 5, min: 0.88, max: 0.92 });
    expect(summary?.mean).toBeCloseTo(0.9, 12);
    expect(summary?.deviation).toBeCloseTo(Math.sqrt(0.00025), 12);
    expect(summary?.standardError).toBeCloseTo(Math.sqrt(0.00005), 12);
  });

  test("is what the formulas say, in any order, and lies between the least and the greatest", () => {
    fc.assert(
      fc.property(values, (list) => {
        const summary = foldSummary(list);
        const expected = plain(list);
        const reversed = foldSummary([...list].reverse());
        return (
          summary !== null &&
          summary.count === list.length &&
          close(summary.mean, expected.mean) &&
          close(summary.deviation, expected.deviation) &&
          close(summary.standardError, expected.standardError) &&
          summary.min === Math.min(...list) &&
          summary.max === Math.max(...list) &&
          close(reversed?.mean, summary.mean) &&
          close(reversed?.deviation, summary.deviation ?? Number.NaN)
        );
      }),
    );
  });

  test("a single fold has no deviation, none have no summary, and what is no number is left out", () => {
    expect(foldSummary([0.5])).toEqual({ count: 1, mean: 0.5, deviation: null, standardError: null, min: 0.5, max: 0.5 });
    expect(foldSummary([])).toBeNull();
    expect(foldSummary([Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
    expect(foldSummary([Number.NaN, 1, 3])).toEqual(foldSummary([1, 3]));
  });
});

describe("repeatedSummary", () => {
  test("a repeat that lacks a fold weighs as much as the others", () => {
    const summary = repeatedSummary([
      [1, 2, 3],
      [6, 8],
    ]);
    expect(summary).toMatchObject({ count: 5, mean: 4.5, standardError: null, min: 1, max: 8 });
    expect(summary?.repeats).toMatchObject({ count: 2, mean: 4.5, min: 2, max: 7 });
    // Over all folds: mean 4, squared deviations 9 + 4 + 1 + 4 + 16 = 34, over 4.
    expect(summary?.deviation).toBeCloseTo(Math.sqrt(34 / 4), 12);
    expect(summary?.repeats.deviation).toBeCloseTo(Math.sqrt(12.5), 12);
  });

  test("of whole repeats the mean is that of all folds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), values, (folds, list) => {
        const whole = list.slice(0, Math.floor(list.length / folds) * folds);
        const repeats = Array.from({ length: whole.length / folds }, (_, i) => whole.slice(i * folds, (i + 1) * folds));
        return whole.length === 0 || close(repeatedSummary(repeats)?.mean, foldSummary(whole)?.mean ?? Number.NaN);
      }),
    );
  });

  test("repeats without a value are no repeats", () => {
    expect(repeatedSummary([[], [Number.NaN]])).toBeNull();
    expect(repeatedSummary([[2, 4], []])?.repeats.count).toBe(1);
  });
});
