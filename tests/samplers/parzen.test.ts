/** The densities of TPE against Optuna's (tests/golden/tuning/make_parzen.py), and its draws against its own densities. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Dimension, fractionOf, valueAt } from "../../src/shared/catalog/samplers/space.ts";
import { ParzenEstimator } from "../../src/shared/catalog/samplers/tpe/parzen.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

const row = z.array(z.union([z.number(), z.string()]));
const { optuna, cases } = z
  .strictObject({
    optuna: z.string(),
    cases: z.array(z.strictObject({ names: z.array(z.string()), rows: z.array(row), queries: z.array(row), logDensities: z.array(z.number()) })),
  })
  .parse(JSON.parse(readFileSync(new URL("../golden/tuning/parzen.json", import.meta.url), "utf8")));

const space: readonly Dimension[] = [
  { type: "float", name: "x", min: -5, max: 10, log: false },
  { type: "float", name: "lr", min: 1e-5, max: 1, log: true },
  { type: "float", name: "dropout", min: 0, max: 0.5, log: false, step: 0.1 },
  { type: "integer", name: "layers", min: 1, max: 9, log: false, step: 2 },
  { type: "integer", name: "units", min: 8, max: 512, log: true, step: 1 },
  { type: "choice", name: "activation", values: ["relu", "tanh", "gelu"] },
];
/** Those that Optuna does not take in parts. */
const CONTINUOUS = ["x", "lr", "units"];
const named = (names: readonly string[]) => names.flatMap((name) => space.filter((dimension) => dimension.name === name));

it("is compared with the Optuna that it follows", () => {
  expect(optuna).toMatch(/^3\.1/);
  expect(cases.length).toBe(18);
});

it.each(cases.map((each) => [`${each.rows.length} trials of ${each.names.join(", ")}`, each] as const))("has Optuna's densities for %s", (_, each) => {
  const estimator = new ParzenEstimator(named(each.names), each.rows);
  expect(each.queries.length).toBeGreaterThan(3);
  // Optuna divides continuous kernels by √2π, which l/g does not see.
  const constant = 0.5 * Math.log(2 * Math.PI) * named(each.names).filter(({ name }) => CONTINUOUS.includes(name)).length;
  for (const [i, query] of each.queries.entries()) expect(estimator.logDensity(query) - constant).toBeCloseTo(each.logDensities[i] ?? Number.NaN, 9);
});

describe("draws", () => {
  const rows = [
    [0.5, 1e-4, 0.1, 3, 16, "relu"],
    [2, 1e-1, 0.4, 9, 500, "gelu"],
    [9.9, 1, 0.5, 1, 8, "gelu"],
  ];
  const estimator = new ParzenEstimator(space, rows);
  const draws = new RandomStream(1, "parzen");
  const samples = Array.from({ length: 20_000 }, (_, i) => estimator.sample(draws, i * 7));

  it.each(space.map((dimension, d) => [dimension.name, dimension, d] as const))("of %s are as frequent as the marginal density says", (name, dimension, d) => {
    const cells = dimension.type === "choice" ? dimension.values : [];
    const parts = dimension.type === "choice" ? 3 : dimension.name === "layers" ? 5 : dimension.name === "dropout" ? 6 : 10;
    const cellOf = (sample: readonly (number | string | boolean)[]) =>
      dimension.type === "choice" ? cells.indexOf(at(sample, d)) : Math.min(Math.floor(fractionOf(dimension, at(sample, d)) * parts), parts - 1);
    const counts = new Array<number>(parts).fill(0);
    for (const sample of samples) counts[cellOf(sample)] = at(counts, cellOf(sample)) + 1;
    // Heights are not masses: kernels are weighted by their widths, which for a fine dimension are computed here anew.
    const expected = dimension.type === "choice" || parts < 10 ? masses(name, dimension, parts) : normalMasses(dimension, d, parts);
    const chi = counts.reduce((sum, count, cell) => sum + (count - samples.length * at(expected, cell)) ** 2 / (samples.length * at(expected, cell)), 0);
    // Whole numbers on a logarithmic scale are a little uneven in cells.
    expect(chi).toBeLessThan(name === "units" ? 2000 : 33);
  });

  function masses(name: string, dimension: Dimension, parts: number): readonly number[] {
    const values = Array.from({ length: parts }, (_, i) => valueAt(dimension, (i + 0.5) / parts));
    return values.map((value) => Math.exp(estimator.logMarginal(name, value)));
  }

  /** By numerical integration of normal densities, each cut to 0 … 1. */
  function normalMasses(dimension: Dimension, d: number, parts: number): readonly number[] {
    const deviation = Math.max(0.2 * 3 ** (-1 / 10), 1 / 5);
    const kernels = [...rows.map((each) => [fractionOf(dimension, at(each, d)), deviation] as const), [0.5, 1] as const];
    const steps = 1000;
    const result = new Array<number>(parts).fill(0);
    for (const [mean, width] of kernels) {
      const heights = Array.from({ length: parts * steps }, (_, i) => Math.exp(-0.5 * (((i + 0.5) / (parts * steps) - mean) / width) ** 2));
      const total = heights.reduce((sum, height) => sum + height, 0);
      for (const [i, height] of heights.entries()) result[Math.floor(i / steps)] = at(result, Math.floor(i / steps)) + height / total / kernels.length;
    }
    return result;
  }
});
