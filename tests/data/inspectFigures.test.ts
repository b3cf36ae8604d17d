/** Inspections of the shipped data sets against figures that numpy and pandas computed without Descent (figures/make_inspection.py). */
import { expect, it } from "vitest";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { shippedDatasets } from "../../src/main/data/shipped.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import type { Inspection, NumberSummary } from "../../src/shared/contract/inspection.ts";
import { at } from "../../src/shared/kit/fault.ts";
import figures from "./figures/inspection.json" with { type: "json" };

/** Relative to the larger of the two; absolute below 1. */
const EXACT = 1e-9;
/** Means are told with seven digits; quartiles over all columns are of the values as float32. */
const ROUNDED = 1e-6;

type Numbers = (typeof figures)["iris"]["values"];

function expectNear(actual: number | null | undefined, expected: number, tolerance: number, what: string): void {
  const limit = tolerance * Math.max(1, Math.abs(expected));
  expect(Math.abs((actual ?? Number.NaN) - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(limit);
}

function expectNumbers(actual: NumberSummary, expected: Numbers, what: string, tolerance = EXACT): void {
  expect([actual.count, actual.missing, actual.zeros], what).toEqual([expected.count, 0, expected.zeros]);
  for (const name of ["mean", "deviation", "min", "max"] as const) expectNear(actual[name], expected[name], EXACT, `${what}, ${name}`);
  for (const name of ["q1", "median", "q3"] as const) expectNear(actual[name], expected[name], tolerance, `${what}, ${name}`);
  if (actual.distinct !== null) expect(actual.distinct, what).toBe(expected.distinct);
}

function expectHistogram(actual: NumberSummary, expected: Numbers, what: string): void {
  const { histogram } = actual;
  expectNear(histogram?.low, expected.histogram.low, EXACT, what);
  expectNear(histogram?.high, expected.histogram.high, EXACT, what);
  expect(histogram?.counts, what).toEqual(expected.histogram.counts);
}

const weighted = (values: readonly number[]) => values.reduce((sum, value, i) => sum + (i + 1) * value, 0);

async function inspect(name: string): Promise<Inspection> {
  const dataset = await openDataset({ type: "shipped", name });
  return inspectDataset(dataset, { fingerprint: name, bytes: null, onInspection: () => {}, onProgress: () => {} });
}

const totalOf = ({ problems }: Inspection, kind: string) => problems.filter((problem) => problem.kind === kind).reduce((sum, { total }) => sum + total, 0);

function expectClasses({ target }: Inspection, classes: Readonly<Record<string, number>>, entropy: number): void {
  if (target.kind !== "classification") throw new Error("expected classes");
  expect(target.classes.map(({ count }) => count)).toEqual(Object.values(classes));
  expectNear(target.entropy, entropy, EXACT, "entropy");
}

it("covers every shipped data set", () => {
  expect(Object.keys(figures).sort()).toEqual(shippedDatasets().map(({ name }) => name));
});

it.each(["iris", "wine", "breast-cancer", "diabetes"] as const)("%s: columns, correlations, rows and projection", async (name) => {
  const expected = figures[name];
  const inspection = await inspect(name);
  expect([inspection.kind, inspection.exact, inspection.samplesSeen, inspection.facts.length]).toEqual(["tabular", true, expected.samples, expected.samples]);

  const columns: Readonly<Record<string, Numbers>> = expected.columns;
  const numeric = inspection.columns.flatMap((column) => (column.kind === "numeric" ? [column] : []));
  expect(numeric.map((column) => column.name)).toEqual(Object.keys(columns));
  for (const column of numeric) {
    const own = columns[column.name];
    if (own === undefined) throw new Error(column.name);
    expectNumbers(column.numbers, own, column.name);
    expect(column.numbers.distinct).toBe(own.distinct);
    expectHistogram(column.numbers, own, column.name);
  }
  const { values } = inspection;
  expect([values.count, values.missing, values.zeros, values.median, values.histogram]).toEqual([expected.values.count, 0, expected.values.zeros, null, null]);
  for (const figure of ["mean", "deviation", "min", "max"] as const) expectNear(values[figure], expected.values[figure], EXACT, `values, ${figure}`);

  expect(inspection.correlations?.names).toEqual(Object.keys(columns));
  for (const [i, row] of expected.correlations.entries())
    for (const [j, value] of row.entries()) expectNear(inspection.correlations?.matrix[i]?.[j], value, EXACT, `correlation ${i}, ${j}`);

  for (const k of [0, 1] as const) expectNear(inspection.projection?.explained[k], at(expected.explained, k), EXACT, "explained");
  expect(inspection.projection?.points.map(({ sample }) => sample)).toEqual(Array.from({ length: expected.samples }, (_, i) => i));
  expect([totalOf(inspection, "duplicateSamples"), totalOf(inspection, "conflictingLabels"), totalOf(inspection, "outliers")]).toEqual([
    expected.duplicates,
    expected.conflicts,
    expected.outliers,
  ]);
  if ("classes" in expected) expectClasses(inspection, expected.classes, expected.entropy);
  else if (inspection.target.kind === "regression") expectNumbers(at(inspection.target.values, 0).numbers, expected.target, "target");
  else throw new Error("expected a regression");
});

it.each(["digits", "fashion-mnist"] as const)("%s: values, mean images, repeats and projection", async (name) => {
  const expected = figures[name];
  const inspection = await inspect(name);
  expect([inspection.kind, inspection.exact, inspection.samplesSeen, inspection.columns]).toEqual(["image", true, expected.samples, []]);
  expectNumbers(inspection.values, expected.values, "values");
  expectHistogram(inspection.values, expected.values, "values");
  expect(inspection.channels).toEqual([inspection.values]);
  expectClasses(inspection, expected.classes, expected.entropy);

  const { means } = inspection;
  expect(means?.shape).toEqual(inspection.facts.sampleShape);
  expectNear(weighted(means?.overall ?? []), expected.mean, ROUNDED, "mean image");
  expectNear(weighted(means?.deviation ?? []), expected.deviation, ROUNDED, "deviation of every pixel");
  expect(means?.classes.length).toBe(expected.classMeans.length);
  for (const [k, value] of expected.classMeans.entries()) expectNear(weighted(means?.classes[k] ?? []), value, ROUNDED, `mean of class ${k}`);

  expect(totalOf(inspection, "duplicateSamples")).toBe(expected.duplicates);
  // Of fashion-mnist 2,000 of the 70,000 are drawn, and their shares stray a little.
  const tolerance = name === "digits" ? EXACT : 0.015;
  for (const k of [0, 1] as const) expectNear(inspection.projection?.explained[k], at(expected.explained, k), tolerance, "explained");
  expect(inspection.projection?.points.length).toBe(Math.min(2000, expected.samples));
});
