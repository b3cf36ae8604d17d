/** Cholesky factors, against numpy (tests/golden/tuning/make_gaussian_process.py). */
import { describe, expect, it } from "vitest";
import { dot, factorize, inverseOf, logDeterminant, solve, solveLower } from "../../src/shared/math/cholesky.ts";
import { cholesky } from "../golden/tuning/gaussianProcess.json" with { type: "json" };
import { largestError } from "../helpers/arrays.ts";

const size = cholesky.b.length;

function factorOf(matrix: ArrayLike<number>, rows: number): { readonly factor: Float64Array; readonly jitter: number } {
  const factor = Float64Array.from(matrix);
  return { jitter: factorize(factor, rows), factor };
}

describe("a Cholesky factor", () => {
  const { factor, jitter } = factorOf(cholesky.matrix, size);
  const lower = factor.map((each, i) => (i % size > Math.floor(i / size) ? 0 : each));

  it("is numpy's, without jitter", () => {
    expect(jitter).toBe(0);
    expect(largestError(lower, cholesky.factor)).toBeLessThan(1e-13);
  });

  it("has numpy's determinant, inverse and solution", () => {
    expect(logDeterminant(factor, size)).toBeCloseTo(cholesky.logDeterminant, 12);
    expect(largestError(inverseOf(factor, size), cholesky.inverse)).toBeLessThan(1e-11);
    expect(largestError(solve(factor, size, Float64Array.from(cholesky.b)), cholesky.solution)).toBeLessThan(1e-11);
  });

  it("solves with its lower half alone", () => {
    const x = Float64Array.from(cholesky.b);
    solveLower(factor, size, x);
    const back = x.map((_, i) => dot(lower, i * size, x, 0, size));
    expect(largestError(back, cholesky.b)).toBeLessThan(1e-13);
  });

  it("of a singular matrix is that of one with a little more on the diagonal", () => {
    const singular = factorOf([1, 1, 1, 1, 1, 1, 1, 1, 1], 3);
    expect(singular.jitter).toBeGreaterThan(0);
    expect(singular.jitter).toBeLessThan(1e-9);
    expect(singular.factor.every(Number.isFinite)).toBe(true);
  });

  it("of a matrix that is far from positive definite is refused", () => {
    expect(() => factorOf([1, 2, 2, 1], 2)).toThrow("not positive definite");
    expect(() => factorOf([Number.NaN], 1)).toThrow("not positive definite");
  });
});
