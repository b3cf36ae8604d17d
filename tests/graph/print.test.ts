/** Printed graphs: the text is the golden one, equal graphs print equally, and every change shows. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, conv, relu } from "../../src/shared/graph/functions.ts";
import { printGraph } from "../../src/shared/graph/print.ts";
import type { Graph } from "../../src/shared/graph/types.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { loopGraph } from "../helpers/graphs.ts";

function network(offsets: readonly number[]): Graph {
  const builder = new GraphBuilder("network");
  const x = builder.input("x", "float32", ["rows", 1, 4, 4]);
  const fixed = builder.input("fixed", "float32", [2, 1, 4, 4]);
  const weight = builder.constant([1, 2, 3, 4], [1, 1, 2, 2], "float32", "conv1/weight");
  const offset = builder.constant(offsets, [offsets.length], "float32", "offset");
  const window = { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0], dilations: [1, 1], group: 1 };
  const y = builder.scoped("conv1", () => relu(conv(fixed, weight, null, window)));
  builder.output(add(add(y, 0.1), 0.1), "y");
  builder.output(add(x, offset), "z");
  return builder.build();
}

describe("printGraph", () => {
  it("writes one line a constant and a node", () => {
    expect(printGraph(network([0, 1, 2, 1 / 3]))).toBe(`graph network (%x: float32[rows,1,4,4], %fixed: float32[2,1,4,4]) {
  %conv1/weight: float32[1,1,2,2] = constant [1, 2, 3, 4]
  %offset: float32[4] = constant [0, 1, 2, 0.3333333]
  %const/float32/0.1: float32[] = constant [0.1]
  %conv1/Conv: float32[2,1,2,2] = Conv(%fixed, %conv1/weight) {kernel_shape=[2,2], strides=[2,2], pads=[0,0,0,0], dilations=[1,1], group=1}
  %conv1/Relu: float32[2,1,2,2] = Relu(%conv1/Conv)
  %Add: float32[2,1,2,2] = Add(%conv1/Relu, %const/float32/0.1)
  %Add_2: float32[2,1,2,2] = Add(%Add, %const/float32/0.1)
  %y: float32[2,1,2,2] = Identity(%Add_2)
  %Add_3: float32[rows,1,4,4] = Add(%x, %offset)
  %z: float32[rows,1,4,4] = Identity(%Add_3)
  return %y, %z
}
`);
  });

  it("indents the body of a loop", () => {
    expect(printGraph(loopGraph())).toMatchInlineSnapshot(`
      "graph looped (%trips: int64[], %start: float32[3,2], %factor: float32[2]) {
        %const/bool/1: bool[] = constant [1]
        %Exp: float32[2] = Exp(%factor)
        %start/next: float32[3,2], %ReduceSum/all: float32[trips] = Loop(%trips, %const/bool/1, %start)
          graph body (%iteration: int64[], %condition: bool[], %start/in: float32[3,2]) {
            %const/float32/0.5: float32[] = constant [0.5]
            %Mul: float32[3,2] = Mul(%start/in, %Exp)
            %Add: float32[3,2] = Add(%Mul, %const/float32/0.5)
            %ReduceSum: float32[] = ReduceSum(%start/in) {axes=[0,1], keepdims=0}
            %condition/out: bool[] = Identity(%condition)
            return %condition/out, %Add, %ReduceSum
          }
        %end: float32[3,2] = Identity(%start/next)
        %sums: float32[trips] = Identity(%ReduceSum/all)
        return %end, %sums
      }
      "
    `);
  });

  it("prints equal graphs equally", () => expect(printGraph(network([1, 2, 3, 4]))).toBe(printGraph(network([1, 2, 3, 4]))));

  it("shows a change inside a large constant, with the rest as it was", () => {
    const long = (middle: number) => Array.from({ length: 16 }, (_, i) => (i === 7 ? middle : 1));
    const print = (middle: number) => {
      const builder = new GraphBuilder("large");
      builder.output(builder.constant(long(middle), [16], "float32", "table"));
      return printGraph(builder.build()).split("\n");
    };
    const [one, other] = [print(1), print(1 + 2 ** -40)];
    expect(one.filter((line, i) => line !== other[i])).toEqual([one[1]]);
    expect(at(one, 1)).toMatch(/^ {2}%table: float32\[16\] = constant \[1, …, 1\] of 16, hash [0-9a-f]{8}$/);
  });
});
