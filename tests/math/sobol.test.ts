/** Sobol's sequence against scipy's points (figures/make_sobol.py), and the net property of its scrambling. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SOBOL_DIMENSIONS, SobolSequence, sobolDigits } from "../../src/shared/math/sobol.ts";

const figures = z
  .strictObject({ indices: z.array(z.number()), digits: z.record(z.string(), z.array(z.number())) })
  .parse(JSON.parse(readFileSync(new URL("figures/sobol.json", import.meta.url), "utf8")));

it.each(Object.entries(figures.digits))("has scipy's points in dimension %s", (dimension, expected) => {
  expect(expected.length).toBeGreaterThan(50);
  expect(figures.indices.map((index) => sobolDigits(index, Number(dimension)))).toEqual(expected);
});

/** How many points lie in each of `cells` equal intervals. */
function counts(values: readonly number[], cells: number): readonly number[] {
  const found = new Array<number>(cells).fill(0);
  for (const value of values) found[Math.floor(value * cells)] = (found[Math.floor(value * cells)] ?? 0) + 1;
  return found;
}

const block = (sequence: SobolSequence, dimension: number, m: number, from = 0) =>
  Array.from({ length: 2 ** m }, (_, i) => sequence.at(from * 2 ** m + i, dimension));

describe("scrambled", () => {
  it("has one point in every interval of a dimension, in every block of 2ᵐ points", () => {
    for (const seed of [1, 2, 2 ** 40])
      for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension++)
        for (const m of [3, 7])
          for (const from of [0, 5])
            expect(new Set(counts(block(new SobolSequence(seed), dimension, m, from), 2 ** m)), `seed ${seed}, dimension ${dimension}`).toEqual(new Set([1]));
  });

  it("is a (0, m, 2)-net in its first two dimensions: one point in every elementary rectangle", () => {
    const m = 8;
    const sequence = new SobolSequence(7);
    const [x, y] = [block(sequence, 0, m), block(sequence, 1, m)];
    for (let a = 0; a <= m; a++) {
      const cells = x.map((value, i) => Math.floor(value * 2 ** a) * 2 ** (m - a) + Math.floor((y[i] ?? 0) * 2 ** (m - a)));
      expect(new Set(cells).size).toBe(2 ** m);
    }
  });

  it("differs from seed to seed and from dimension to dimension, and repeats for the same seed", () => {
    expect(block(new SobolSequence(1), 0, 4)).toEqual(block(new SobolSequence(1), 0, 4));
    expect(block(new SobolSequence(1), 0, 4)).not.toEqual(block(new SobolSequence(2), 0, 4));
    expect(block(new SobolSequence(1), 0, 4)).not.toEqual(block(new SobolSequence(1), 1, 4));
  });

  it("moves a point anywhere: over the seeds every coordinate is uniform", () => {
    const seeds = Array.from({ length: 4000 }, (_, seed) => new SobolSequence(seed));
    for (const [index, dimension] of [
      [0, 0],
      [5, 3],
      [100, 40],
    ] as const) {
      const found = counts(
        seeds.map((sequence) => sequence.at(index, dimension)),
        10,
      );
      // Chi-square with 9 degrees of freedom; 27.9 is exceeded by chance once in 1,000.
      expect(found.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)).toBeLessThan(27.9);
    }
  });

  it("is random beyond its direction numbers", () => {
    const values = block(new SobolSequence(1), SOBOL_DIMENSIONS + 3, 10);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
    expect(values).not.toEqual(block(new SobolSequence(1), SOBOL_DIMENSIONS + 4, 10));
  });
});
