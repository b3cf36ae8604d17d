/** A small program for tests of devices. */
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, cast, gather, greater, less, mul } from "../../src/shared/graph/functions.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";

/**
 * A state that moves, `w` ← w + w · rate · (offset + 1) where w > 0 or w < −1, one that stays `still`, what is computed around the loop, and an
 * operator that WebGPU lacks. `sum/all` is the sum of both after each step.
 */
export function doublingGraph(): Graph {
  const builder = new GraphBuilder("doubling");
  const trips = builder.input("trips", "int64", []);
  const rates = builder.input("rates", "float32", ["trips"]);
  const gain = add(builder.input("offset", "float32", []), 1);
  const state = [...START.keys()].map((name) => builder.input(name, "float32", [3]));
  const { state: ends, scans } = builder.loop(trips, state, "trips", (body, iteration, [w, still]) => {
    if (w === undefined || still === undefined) throw new Error("the loop carries two values");
    const moves = cast(body.emitNamed("either", "Or", [greater(w, 0), less(w, -1)]), "float32");
    const next = add(w, mul(mul(w, moves), mul(gather(rates, iteration), gain)));
    return { state: [next, still], scans: [body.emitNamed("sum", "ReduceSum", [add(next, still)], { axes: [0], keepdims: 0 })] };
  });
  for (const value of [...ends, ...scans]) builder.output(value);
  return builder.build();
}

/** The state that it starts from. */
export const START: ReadonlyMap<string, Float32Array> = new Map([
  ["w", Float32Array.of(1, -0.5, -2)],
  ["still", Float32Array.of(10, 20, 30)],
]);

/** Everything else that a call of some steps is fed: the moving elements then double at every step. */
export function doublingInputs(steps: number): ReadonlyMap<string, NdArray> {
  return new Map([
    ["trips", { shape: [], data: Float64Array.of(steps) }],
    ["rates", { shape: [steps], data: new Float64Array(steps).fill(1) }],
    ["offset", { shape: [], data: Float64Array.of(0) }],
  ]);
}
