/** Small graphs for tests of the IR's tools. */
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, exp, mul, reduceSum } from "../../src/shared/graph/functions.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";

/** A graph of one value made by `build` from float inputs of the given shapes, named x0, x1 …; the output is named y. */
export function graphOf(shapes: readonly (readonly number[])[], build: (...inputs: Value[]) => Value): Graph {
  const builder = new GraphBuilder("test");
  const inputs = shapes.map((shape, i) => builder.input(`x${i}`, "float32", shape));
  builder.output(build(...inputs), "y");
  return builder.build();
}

/**
 * A loop whose body uses a value of the graph around it: state ← state · factor + iteration-independent offset, and the sum of every state is
 * collected. Inputs: trips (int64), start [rows, 2], factor [2].
 */
export function loopGraph(): Graph {
  const builder = new GraphBuilder("looped");
  const trips = builder.input("trips", "int64", []);
  const start = builder.input("start", "float32", [3, 2]);
  const factor = builder.input("factor", "float32", [2]);
  const outside = exp(factor);
  const { state, scans } = builder.loop(trips, [start], "trips", (_, __, [value]) => {
    if (value === undefined) throw new Error("the loop carries one value");
    const next = add(mul(value, outside), 0.5);
    return { state: [next], scans: [reduceSum(value, [0, 1])] };
  });
  builder.output(at(state, 0), "end");
  builder.output(at(scans, 0), "sums");
  return builder.build();
}

export function array(shape: readonly number[], ...data: readonly number[]): NdArray {
  return { shape, data: Float64Array.from(data) };
}
