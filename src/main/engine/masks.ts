/**
 * The mask of positive values as float32 in one pass: max(0, min(1, 3·10³⁸ · x)) is 1 for every positive normal number. A comparison and a cast take two
 * passes, and the cast uses only one thread: 0.50 ms for [64,16,32,32] on one thread and 0.36 on two, compared with 0.34 and 0.17 here.
 */
import type { Graph, Node } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import type { WrittenNode } from "./onnx.ts";
import type { Reader, Uses } from "./uses.ts";

const STEEP = 3e38;

/** The graph's nodes with every cast of a comparison with zero replaced. */
export function steepMasks(graph: Graph, uses: Uses): readonly WrittenNode[] {
  const compared = new Map(graph.nodes.filter((node) => aboveZero(node, graph, uses)).map((node) => [at(node.outputs, 0), at(node.inputs, 0)]));
  return graph.nodes.flatMap((node): readonly WrittenNode[] => {
    if (compared.has(at(node.outputs, 0))) return [];
    const x = compared.get(node.inputs[0] ?? "");
    if (x === undefined) return [node];
    const attributes = { alpha: { float: STEEP }, beta: { float: 0 } };
    return [{ op: "HardSigmoid", domain: "", inputs: [x], outputs: node.outputs, attributes, lists: [] }];
  });
}

/** Whether a node compares float32 with zero and only float32 masks read it. */
function aboveZero({ op, inputs, outputs }: Node, graph: Graph, uses: Uses): boolean {
  const [x = "", bound = ""] = inputs;
  const constant = graph.constants.get(bound);
  const isZero = constant?.data.length === 1 && constant.data[0] === 0;
  const readers = uses.get(at(outputs, 0)) ?? [];
  return op === "Greater" && isZero && graph.types.get(x)?.dtype === "float32" && readers.every((reader) => reader.op === "Cast" && floats(reader, graph));
}

const floats = ({ outputs }: Reader, graph: Graph): boolean => graph.types.get(outputs[0] ?? "")?.dtype === "float32";
