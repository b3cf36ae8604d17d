/**
 * The battery over every metric of the catalog: it is what its textbook definition gives, however the rows are cut into pieces; where a batch alone can be
 * measured, the graph gives the same, natively and in the reference.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import type { Accumulator, MetricDefinition } from "../../src/shared/catalog/metrics/metric.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { type MetricCase, metricCases } from "../golden/torch/metricCases.ts";
import { runNatively } from "../helpers/native.ts";

const stored: Readonly<Record<string, Readonly<Record<string, number | null>>>> = JSON.parse(
  readFileSync(new URL("../golden/torch/metrics.json", import.meta.url), "utf8"),
);

/** Outputs pass through float32, in which the cases are exact. */
const EXACT = 12;

function added(accumulator: Accumulator, { task, rows, width, outputs, targets }: MetricCase, from: number, to: number): void {
  const perRow = task === "classification" ? 1 : width;
  const own = targets.slice(from * perRow, to * perRow);
  accumulator.add({
    outputs: Float32Array.from(outputs.slice(from * width, to * width)),
    targets: task === "classification" ? Int32Array.from(own) : Float32Array.from(own),
    rows: Math.min(rows, to) - from,
    width,
  });
}

describe.each(Object.entries<MetricDefinition>(metrics))("metric %s", (name, definition) => {
  const cases = metricCases.filter(({ task }) => task === definition.task);

  it("has figures that differ, and says what it is", () => {
    expect(new Set(cases.map(({ title }) => stored[title]?.[name])).size).toBeGreaterThan(1);
    expect(definition.summary.en).toMatch(/^[A-Z].*\.$/);
  });

  describe.each(cases.map((each) => [each.title, each] as const))("%s", (title, each) => {
    const expected = stored[title]?.[name];

    it("is what its definition gives", () => {
      if (expected === undefined)
        throw new Error("no stored figure: add the metric to tests/golden/torch/make_metrics.py and run `python3 tests/golden/torch/make_metrics.py`");
      const accumulator = definition.accumulator(each.width);
      added(accumulator, each, 0, each.rows);
      if (expected === null) expect(accumulator.value()).toBeNaN();
      else expect(accumulator.value()).toBeCloseTo(expected, EXACT);
    });

    it("does not depend on how the rows are cut", () => {
      const whole = definition.accumulator(each.width);
      added(whole, each, 0, each.rows);
      const pieces = definition.accumulator(each.width);
      const cuts = [0, 1, 8, 9, 23, each.rows].filter((cut) => cut <= each.rows);
      const ordered = [...new Set(cuts)].sort((a, b) => a - b);
      const spans = ordered.slice(1).map((to, i) => [ordered[i] ?? 0, to] as const);
      for (const [from, to] of spans.reverse()) added(pieces, each, from, to);
      if (Number.isNaN(whole.value())) expect(pieces.value()).toBeNaN();
      else expect(pieces.value()).toBeCloseTo(whole.value(), EXACT - 2);
    });

    if (definition.forward === undefined) return;
    it("is the same of one batch in the graph", async () => {
      const builder = new GraphBuilder("metric");
      const output = builder.input("output", "float32", [each.rows, each.width]);
      const shape = each.task === "classification" ? [each.rows] : [each.rows, each.width];
      const target = builder.input("target", each.task === "classification" ? "int64" : "float32", shape);
      const value = definition.forward?.(output, target);
      if (value === undefined) throw new Error("no graph");
      builder.output(value, "value");
      const graph = builder.build();
      verify(graph);
      const inputs = new Map<string, NdArray>([
        ["output", { shape: [each.rows, each.width], data: Float64Array.from(each.outputs) }],
        ["target", { shape, data: Float64Array.from(each.targets) }],
      ]);
      expect(evaluate(graph, inputs).get("value")?.data[0]).toBeCloseTo(expected ?? Number.NaN, EXACT - 2);
      expect((await runNatively(graph, inputs)).get("value")?.data[0]).toBeCloseTo(expected ?? Number.NaN, 5);
    });
  });
});

describe("a metric that some classes or columns do not define", () => {
  const accumulated = (name: "r2" | "rocAuc" | "accuracy", width: number, outputs: readonly number[], targets: readonly number[]) => {
    const accumulator = metrics[name].accumulator(width);
    const rows = outputs.length / width;
    accumulator.add({ outputs: Float32Array.from(outputs), targets: name === "r2" ? Float32Array.from(targets) : Int32Array.from(targets), rows, width });
    return { value: accumulator.value(), undefinedFor: accumulator.undefinedFor?.() };
  };

  it("is the mean of the others, and names it alone", () => {
    // The second column is constant; of the first the errors are 1 and 0, and the spread 2.
    expect(accumulated("r2", 2, [1, 5, 2, 6], [0, 7, 2, 7])).toEqual({ value: 0.5, undefinedFor: [1] });
    // Nobody is of the third class.
    expect(accumulated("rocAuc", 3, [2, 0, 0, 0, 2, 0, 1, 3, 0, 3, 1, 0], [0, 1, 1, 0])).toEqual({ value: 1, undefinedFor: [2] });
  });

  it("has no value where nothing defines it, and says nothing of classes where it needs none", () => {
    expect(accumulated("r2", 1, [1, 2], [3, 3])).toEqual({ value: Number.NaN, undefinedFor: [0] });
    expect(accumulated("rocAuc", 2, [1, 0, 0, 1], [1, 1])).toEqual({ value: Number.NaN, undefinedFor: [0, 1] });
    expect(accumulated("accuracy", 2, [1, 0, 0, 1], [1, 1])).toEqual({ value: 0.5, undefinedFor: undefined });
  });
});
