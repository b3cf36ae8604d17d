/**
 * The battery over every loss and metric of the catalog: values and gradients are PyTorch's, in the reference and natively. An entry without
 * a stored case fails.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import type { LossDefinition } from "../../src/shared/catalog/losses/loss.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import type { MetricDefinition } from "../../src/shared/catalog/metrics/metric.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { LossConfig, MetricName } from "../../src/shared/recipe/recipe.ts";
import { largestError } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface StoredCase {
  readonly title: string;
  readonly loss: LossConfig;
  readonly output: StoredArray;
  readonly target: StoredArray;
  readonly value: number;
  readonly gradient: StoredArray;
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
}

const stored: { readonly cases: readonly StoredCase[] } = JSON.parse(readFileSync(new URL("../golden/torch/losses.json", import.meta.url), "utf8"));
/** PyTorch's figures and the reference's are both float64. */
const EXACT = 1e-10;
const FLOAT32 = 2e-5;
/** A central difference's step, and what it may miss by. */
const STEP = 1e-5;
const DIFFERENCE = 1e-6;

const array = ({ shape, data }: StoredArray): NdArray => ({ shape, data: Float64Array.from(data) });

const numbersOf = (arrays: ReadonlyMap<string, NdArray>, name: string) => arrays.get(name)?.data ?? new Float64Array();

const targetType = (task: "classification" | "regression") => (task === "classification" ? "int64" : "float32");

function lossGraph(config: LossConfig, output: readonly number[], target: readonly number[]) {
  const definition: LossDefinition<LossConfig> = losses[config.type];
  const builder = new GraphBuilder("loss");
  const z = builder.input("output", "float32", output);
  const t = builder.input("target", targetType(definition.task), target);
  const value = definition.forward({ output: z, target: t, config: definition.schema.parse(config) });
  expect(value.shape).toEqual([]);
  builder.output(value, "value");
  builder.output(at(gradients(builder, [value], [builder.scalar(1)], [z]), 0), "gradient");
  const graph = builder.build();
  verify(graph);
  return graph;
}

function inputsOf({ output, target }: StoredCase): ReadonlyMap<string, NdArray> {
  return new Map([
    ["output", array(output)],
    ["target", array(target)],
  ]);
}

describe.each(Object.keys(losses))("loss %s", (type) => {
  const cases = stored.cases.filter(({ loss }) => loss.type === type);

  it("has cases from PyTorch whose gradients are not all zero, and says what it does and where it comes from", () => {
    expect(cases.filter(({ gradient }) => gradient.data.some((slope) => slope !== 0)).length).toBeGreaterThan(1);
    const [definition] = Object.entries(losses).flatMap(([name, each]) => (name === type ? [each] : []));
    expect(definition?.summary).not.toBe("");
    expect(definition?.source).toMatch(/\d{4}/);
    const config = definition?.schema.parse({ type });
    expect(definition?.schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each(cases.map((each) => [each.title, each] as const))("is PyTorch's: %s", async (_, each) => {
    const graph = lossGraph(each.loss, each.output.shape, each.target.shape);
    const inputs = inputsOf(each);
    for (const [results, tolerance] of [
      [evaluate(graph, inputs), EXACT],
      [await runNatively(graph, inputs), FLOAT32],
    ] as const) {
      expect(largestError(numbersOf(results, "value"), [each.value])).toBeLessThan(tolerance);
      expect(largestError(numbersOf(results, "gradient"), each.gradient.data)).toBeLessThan(tolerance);
    }
  });

  it.each(cases.slice(0, 1).map((each) => [each.title, each] as const))("has the gradient that central differences find: %s", (_, each) => {
    const graph = lossGraph(each.loss, each.output.shape, each.target.shape);
    const inputs = inputsOf(each);
    const { shape, data } = array(each.output);
    const valueAt = (i: number, moved: number) =>
      at(numbersOf(evaluate(graph, new Map([...inputs, ["output", { shape, data: data.with(i, moved) }]])), "value"), 0);
    const expected = data.map((x, i) => (valueAt(i, x + STEP) - valueAt(i, x - STEP)) / (2 * STEP));
    expect(expected.some((slope) => slope !== 0)).toBe(true);
    expect(largestError(numbersOf(evaluate(graph, inputs), "gradient"), expected)).toBeLessThan(DIFFERENCE);
  });
});

describe.each(Object.entries<MetricDefinition>(metrics))("metric %s", (name, definition) => {
  const cases = stored.cases.flatMap((each) => Object.entries(each.metrics).flatMap(([metric, value]) => (metric === name ? [{ each, value }] : [])));

  it("has cases from PyTorch that differ", () => {
    expect(new Set(cases.map(({ value }) => value)).size).toBeGreaterThan(1);
    expect(definition.summary).not.toBe("");
  });

  it.each(cases.map(({ each, value }) => [each.title, each, value] as const))("is PyTorch's: %s", async (_, each, value) => {
    const builder = new GraphBuilder("metric");
    const z = builder.input("output", "float32", each.output.shape);
    const t = builder.input("target", targetType(definition.task), each.target.shape);
    builder.output(definition.forward(z, t), "value");
    const graph = builder.build();
    verify(graph);
    expect(largestError(numbersOf(evaluate(graph, inputsOf(each)), "value"), [value])).toBeLessThan(EXACT);
    expect(largestError(numbersOf(await runNatively(graph, inputsOf(each)), "value"), [value])).toBeLessThan(FLOAT32);
  });
});
