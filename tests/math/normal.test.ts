/** The standard normal distribution against scipy's figures (figures/make_normal.py). */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { erf, normalCdf, normalLogCdf, normalPdf, normalQuantile } from "../../src/shared/math/normal.ts";

const numbers = z.array(z.number());
const figures = z
  .strictObject({ xs: numbers, pdf: numbers, cdf: numbers, logCdf: numbers, erf: numbers, ps: numbers, quantile: numbers })
  .parse(JSON.parse(readFileSync(new URL("figures/normal.json", import.meta.url), "utf8")));

const cases = {
  erf: [erf, figures.xs, figures.erf],
  pdf: [normalPdf, figures.xs, figures.pdf],
  cdf: [normalCdf, figures.xs, figures.cdf],
  "log cdf": [normalLogCdf, figures.xs, figures.logCdf],
  quantile: [normalQuantile, figures.ps, figures.quantile],
} as const;

it.each(Object.entries(cases))("%s has scipy's figures", (_, [compute, at, expected]) => {
  expect(at.length).toBeGreaterThan(10);
  for (const [i, x] of at.entries())
    expect(Math.abs(compute(x) - (expected[i] ?? Number.NaN)), `at ${x}`).toBeLessThanOrEqual(4e-14 * Math.abs(expected[i] ?? 0));
});

it("reaches the ends and refuses what is no probability", () => {
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(normalQuantile(-0.1)).toBeNaN();
  expect(normalQuantile(1.1)).toBeNaN();
  expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(normalLogCdf(-1e9)).toBeCloseTo(-5e17, -4);
});
