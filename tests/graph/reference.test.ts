/** The reference interpreter's own work: loops, names from outside, dimensions that are only names. Operators are in tests/conformance. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, cast, gather, mul, where } from "../../src/shared/graph/functions.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { largestError } from "../helpers/arrays.ts";
import { array, graphOf, loopGraph } from "../helpers/graphs.ts";
import { runNatively } from "../helpers/native.ts";

function numbers(results: ReadonlyMap<string, NdArray>, name: string): readonly number[] {
  const found = results.get(name);
  if (found === undefined) throw new Error(`no output ${name}`);
  return [...found.data];
}

async function expectSameNatively(graph: Graph, inputs: ReadonlyMap<string, NdArray>): Promise<void> {
  const [expected, native] = [evaluate(graph, inputs), await runNatively(graph, inputs)];
  expect([...native.keys()]).toEqual([...expected.keys()]);
  for (const [name, { shape, data }] of expected) {
    expect(native.get(name)?.shape, name).toEqual(shape);
    expect(largestError(native.get(name)?.data ?? [], data), name).toBeLessThan(1e-5);
  }
}

const loopInputs = (trips: number) =>
  new Map([
    ["trips", array([], trips)],
    ["start", array([3, 2], 1, 2, 3, 4, 5, 6)],
    ["factor", array([2], -0.25, 0.5)],
  ]);

describe("a loop", () => {
  it("carries its state, uses values from outside and collects", () => {
    const results = evaluate(loopGraph(), loopInputs(3));
    let state = [1, 2, 3, 4, 5, 6];
    const sums: number[] = [];
    for (let i = 0; i < 3; i++) {
      sums.push(state.reduce((a, b) => a + b, 0));
      state = state.map((value, k) => value * Math.exp(k % 2 === 0 ? -0.25 : 0.5) + 0.5);
    }
    expect(numbers(results, "sums")).toEqual(sums);
    expect(largestError(numbers(results, "end"), state)).toBeLessThan(1e-14);
  });

  it("gives what onnxruntime gives", () => expectSameNatively(loopGraph(), loopInputs(4)));

  it("that never runs hands its state through and collects nothing, as in onnxruntime", async () => {
    const results = evaluate(loopGraph(), loopInputs(0));
    expect(numbers(results, "end")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(results.get("sums")?.shape).toEqual([0]);
    await expectSameNatively(loopGraph(), loopInputs(0));
  });

  it("may hold another, which uses names of both graphs around it", async () => {
    const builder = new GraphBuilder("nested");
    const x = builder.input("x", "float32", [2]);
    const table = builder.input("table", "float32", [5]);
    const outer = builder.loop(builder.scalar(3, "int64"), [x], 3, (body, iteration, state) => {
      const rate = gather(table, iteration);
      const inner = body.loop(body.scalar(2, "int64"), state, 2, (_, step, value) => {
        const next = add(mul(at(value, 0), rate), cast(step, "float32"));
        return { state: [next], scans: [next] };
      });
      return { state: inner.state, scans: inner.scans };
    });
    builder.output(at(outer.state, 0), "end");
    builder.output(at(outer.scans, 0), "all");
    const graph = builder.build();
    verify(graph);
    const inputs = new Map([
      ["x", array([2], 1, -2)],
      ["table", array([5], 0.5, -1.5, 2, 99, 99)],
    ]);
    const results = evaluate(graph, inputs);
    const states: number[] = [];
    let [a, b] = [1, -2];
    for (const rate of [0.5, -1.5, 2])
      for (const step of [0, 1]) {
        [a, b] = [a * rate + step, b * rate + step];
        states.push(a, b);
      }
    expect(results.get("all")?.shape).toEqual([3, 2, 2]);
    expect(numbers(results, "all")).toEqual(states);
    expect(numbers(results, "end")).toEqual([a, b]);
    await expectSameNatively(graph, inputs);
  });

  it("ends when its condition turns false", async () => {
    const built = loopGraph();
    const node = at(
      built.nodes,
      built.nodes.findIndex(({ op }) => op === "Loop"),
    );
    if (node.body === undefined) throw new Error("a loop has a body");
    // The builder makes counted loops only, so the body's next condition is replaced: go on while the iteration is below 1.
    const { body } = node;
    const [go = "", ...others] = body.outputs;
    const types = new Map([...body.types, ["limit", { dtype: "int64", shape: [] } as const]]);
    const edited: Graph = {
      ...body,
      outputs: [go, ...others],
      constants: new Map([...body.constants, ["limit", { type: { dtype: "int64", shape: [] }, data: [1] }]]),
      nodes: body.nodes.map((each) => (each.outputs.includes(go) ? { ...each, op: "Less", inputs: [at(body.inputs, 0), "limit"], attributes: {} } : each)),
      types,
    };
    const graph: Graph = { ...built, nodes: built.nodes.map((each) => (each === node ? { ...each, body: edited } : each)) };
    verify(graph);
    expect(evaluate(graph, loopInputs(9)).get("sums")?.shape).toEqual([2]);
    await expectSameNatively(graph, loopInputs(9));
  });
});

describe("dimensions that are only names", () => {
  function gathering(): Graph {
    const builder = new GraphBuilder("rows");
    const data = builder.input("data", "float32", ["rows", 2]);
    const other = builder.input("other", "float32", ["rows", 1]);
    const index = builder.input("index", "int64", [3]);
    builder.output(gather(mul(data, other), index), "chosen");
    return builder.build();
  }
  const index = array([3], 3, 0, 3);

  it("are learned from the inputs", async () => {
    const inputs = new Map([
      ["data", array([4, 2], 0, 1, 2, 3, 4, 5, 6, 7)],
      ["other", array([4, 1], 1, 1, 1, 10)],
      ["index", index],
    ]);
    expect(numbers(evaluate(gathering(), inputs), "chosen")).toEqual([60, 70, 0, 1, 60, 70]);
    await expectSameNatively(gathering(), inputs);
  });

  it("must be the same wherever they stand", () => {
    const inputs = new Map([
      ["data", array([2, 2], 0, 1, 2, 3)],
      ["other", array([1, 1], 1)],
      ["index", index],
    ]);
    expect(() => evaluate(gathering(), inputs)).toThrow("internal: axis 0 of other must be 2, not 1");
  });
});

describe("what is wrong with the inputs", () => {
  const graph = graphOf([[2]], (x) => where(cast(x, "bool"), mul(x, 2), -1));

  it("is not found where they fit", () => expect(numbers(evaluate(graph, new Map([["x0", array([2], 0, 3)]])), "y")).toEqual([-1, 6]));

  it.each<readonly [string, ReadonlyMap<string, NdArray>, string]>([
    ["one is missing", new Map(), "internal: the input x0 is missing"],
    ["another number of axes", new Map([["x0", array([1, 2], 0, 3)]]), "internal: x0 must have 1 axes, not 2"],
    ["another length", new Map([["x0", array([3], 0, 3, 1)]]), "internal: axis 0 of x0 must be 2, not 3"],
  ])("%s", (_, inputs, message) => expect(() => evaluate(graph, inputs)).toThrow(message));

  it("an index outside the data", () => {
    const builder = new GraphBuilder("outside");
    const values: readonly Value[] = [builder.input("data", "float32", [2]), builder.input("index", "int64", [])];
    builder.output(gather(at(values, 0), at(values, 1)), "y");
    const at5 = new Map([
      ["data", array([2], 1, 2)],
      ["index", array([], 5)],
    ]);
    expect(() => evaluate(builder.build(), at5)).toThrow("internal: the index 5 is outside a length of 2");
    expect(numbers(evaluate(builder.build(), new Map([...at5, ["index", array([], -1)]])), "y")).toEqual([2]);
  });
});
