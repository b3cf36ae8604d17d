/** The IR's operators as functions: every one can be written by its own name, and a formula of uint32 computes what plain code computes. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import * as functions from "../../src/shared/graph/functions.ts";
import { operators } from "../../src/shared/graph/ops/index.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { mix32, RandomStream } from "../../src/shared/math/random.ts";
import { runNatively } from "../helpers/native.ts";

const { bitShift, bitwiseXor, cast, identity, mul } = functions;

/** `mix32` of math/random.ts as a graph. */
function mixed(value: Value): Value {
  const folded = (x: Value, bits: number) => bitwiseXor(x, bitShift(x, bits, "RIGHT"));
  return folded(mul(folded(mul(folded(mul(folded(value, 17), 0xed5ad4bb), 11), 0xac4c1b51), 15), 0x31848bab), 14);
}

describe("functions", () => {
  it("has one for every operator of values: Loop is made by GraphBuilder.loop, and a Range takes none", () => {
    const expected = Object.keys(operators).filter((name) => name !== "Loop" && name !== "Range");
    expect(Object.keys(functions).sort()).toEqual(expected.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).sort());
  });

  it("turns a number into a constant of the other operand's type", () => {
    const builder = new GraphBuilder("lifted");
    const x = builder.input("x", "uint32", [2]);
    builder.output(functions.add(x, 4), "y");
    const graph = builder.build();
    expect([...graph.constants.values()]).toEqual([{ type: { dtype: "uint32", shape: [] }, data: [4] }]);
  });

  it("casts only where the type changes", () => {
    const builder = new GraphBuilder("cast");
    const x = builder.input("x", "float32", [2]);
    expect(cast(x, "float32")).toBe(x);
    expect(identity(cast(x, "int64")).dtype).toBe("int64");
  });

  it("computes counter-based random numbers on uint32, bit for bit, in the reference and in onnxruntime", async () => {
    const builder = new GraphBuilder("random");
    const counters = builder.input("counters", "uint32", [1000]);
    builder.output(mixed(counters), "hashes");
    const stream = new RandomStream(3, "counters");
    const data = Float64Array.from({ length: 1000 }, (_, i) => (i < 500 ? i : stream.uint32(i)));
    const expected = Array.from(data, mix32);
    const inputs = new Map([["counters", { shape: [1000], data }]]);
    expect([...(evaluate(builder.build(), inputs).get("hashes")?.data ?? [])]).toEqual(expected);
    expect([...((await runNatively(builder.build(), inputs)).get("hashes")?.data ?? [])]).toEqual(expected);
  });
});
