/** The verifier finds what is wrong with a graph: a well formed one is damaged in every way it knows, one at a time. */
import { describe, expect, it } from "vitest";
import { conv, reduceSum } from "../../src/shared/graph/functions.ts";
import type { Constant, Graph, Node, TensorType } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { graphOf, loopGraph } from "../helpers/graphs.ts";

const window = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], group: 1 };
const sound = graphOf(
  [
    [1, 2, 4, 4],
    [3, 2, 3, 3],
  ],
  (x, w) => reduceSum(conv(x, w, null, window), [0]),
);
const looped = loopGraph();

function withNode(graph: Graph, op: string, change: (node: Node) => Node): Graph {
  expect(graph.nodes.some((node) => node.op === op)).toBe(true);
  return { ...graph, nodes: graph.nodes.map((node) => (node.op === op ? change(node) : node)) };
}

function withType(graph: Graph, name: string, type: TensorType): Graph {
  expect(graph.types.has(name)).toBe(true);
  return { ...graph, types: new Map([...graph.types, [name, type]]) };
}

function withConstant(graph: Graph, change: (constant: Constant) => Constant): Graph {
  const [name, constant] = at([...graph.constants], 0);
  return { ...graph, constants: new Map([...graph.constants, [name, change(constant)]]) };
}

function withBody(graph: Graph, change: (body: Graph) => Graph): Graph {
  return withNode(graph, "Loop", (node) => {
    if (node.body === undefined) throw new Error("a loop has a body");
    return { ...node, body: change(node.body) };
  });
}

const float = (...shape: readonly number[]): TensorType => ({ dtype: "float32", shape });

describe("verify", () => {
  it("says nothing about a sound graph", () => {
    verify(sound);
    verify(looped);
  });

  it.each<readonly [string, Graph, string]>([
    ["an unknown operator", withNode(sound, "Conv", (node) => ({ ...node, op: "Convolve" })), "no operator is named Convolve; there are Abs, Add"],
    ["too few inputs", withNode(sound, "Conv", (node) => ({ ...node, inputs: ["x0"] })), "Conv that makes Conv has 1 inputs"],
    ["too many inputs", withNode(sound, "Conv", (node) => ({ ...node, inputs: ["x0", "x1", "x1", "x1"] })), "Conv that makes Conv has 4 inputs"],
    ["a list for an int", withNode(sound, "Conv", (node) => ({ ...node, attributes: { ...window, group: [1] } })), "group = 1, which is not int"],
    [
      "a missing attribute",
      withNode(sound, "Conv", (node) => ({ ...node, attributes: Object.fromEntries(Object.entries(window).filter(([name]) => name !== "dilations")) })),
      "Conv that makes Conv lacks the attribute dilations",
    ],
    ["an unknown attribute", withNode(sound, "Conv", (node) => ({ ...node, attributes: { ...window, padding: 1 } })), "has the unknown attribute padding"],
    ["a fraction for an int", withNode(sound, "Conv", (node) => ({ ...node, attributes: { ...window, group: 0.5 } })), "group = 0.5, which is not int"],
    ["a use before the making", { ...sound, nodes: [...sound.nodes].reverse() }, "uses ReduceSum before it is made"],
    [
      "a name that is nowhere",
      withNode(sound, "Conv", (node) => ({ ...node, inputs: ["x0", "kernel"] })),
      "Conv that makes Conv uses kernel before it is made",
    ],
    ["a name made twice", withNode(sound, "ReduceSum", (node) => ({ ...node, outputs: ["x0"] })), "the name x0 is made twice"],
    ["no type", { ...sound, types: new Map([...sound.types].filter(([name]) => name !== "Conv")) }, "Conv has no recorded type"],
    ["a type of nothing", { ...sound, types: new Map([...sound.types, ["ghost", float()]]) }, "ghost has a type and is not made"],
    ["another shape", withType(sound, "Conv", float(1, 3, 4, 5)), "Conv that makes Conv records for Conv float32[1,3,4,5] where float32[1,3,4,4] was inferred"],
    ["another element type", withType(sound, "Conv", { dtype: "int32", shape: [1, 3, 4, 4] }), "int32[1,3,4,4] where float32[1,3,4,4] was inferred"],
    ["more outputs than there are", withNode(sound, "Conv", (node) => ({ ...node, outputs: ["Conv", "Conv.1"] })), "Conv.1 has no recorded type"],
    ["an output that nothing makes", { ...sound, outputs: ["z"] }, "the output z is not made"],
    ["a constant of another length", withConstant(looped, (constant) => ({ ...constant, data: [1, 2] })), "holds 2 numbers for bool[]"],
    ["a constant of another type", withConstant(looped, (constant) => ({ ...constant, type: float() })), "records bool[] where float32[] was inferred"],
    ["a body with too few outputs", withBody(looped, (body) => ({ ...body, outputs: body.outputs.slice(0, -1) })), "disagree about their numbers of values"],
    ["state that changes its shape", withType(looped, "start/next", float(2, 3)), "records for start/next float32[2,3] where float32[3,2] was inferred"],
    [
      "a scan of another type",
      withType(
        looped,
        at(
          [...looped.types.keys()].filter((name) => name.endsWith("/all")),
          0,
        ),
        float(3, 3),
      ),
      "where float32[3] was inferred",
    ],
    [
      "a body that uses what is nowhere",
      withBody(looped, (body) => withNode(body, "Mul", (node) => ({ ...node, inputs: ["ghost", at(node.inputs, 1)] }))),
      "uses ghost before it is made",
    ],
    [
      "a name of the graph around made again in a body",
      withBody(looped, (body) => withNode(body, "Mul", (node) => ({ ...node, outputs: ["Exp"] }))),
      "the name Exp is made twice",
    ],
    [
      "an iteration that is no int64",
      withBody(looped, (body) => withType(body, at(body.inputs, 0), float())),
      "as the body's iteration float32[] where int64[] was inferred",
    ],
  ])("finds %s", (_, graph, message) => expect(() => verify(graph)).toThrow(message));
});
