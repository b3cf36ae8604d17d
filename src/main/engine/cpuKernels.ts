/** A graph as onnxruntime's CPU kernels take it best: whole patterns first, then single nodes. The graph itself keeps its standard operators. */
import type { Graph, Node } from "../../shared/graph/types.ts";
import { expandConv } from "./blockedConv.ts";
import { expandConvTranspose } from "./blockedConvTranspose.ts";
import { channelPasses } from "./channelPasses.ts";
import { steepMasks } from "./masks.ts";
import type { WrittenNode } from "./onnx.ts";

/** @param block channels a block of the convolution kernels (blockedConv.ts), 0 where there are none */
export function forCpu(graph: Graph, block: number): readonly WrittenNode[] {
  const uses = usesIn(graph);
  const masks = steepMasks(graph, uses);
  if (block === 0) return masks;
  const nodes = channelPasses(masks, graph, uses, block);
  const typeOf = (name: string | undefined) => graph.types.get(name ?? "");
  const turns = new Map(nodes.flatMap((node) => (turnsWeight(node, uses) ? [[node.outputs[0] ?? "", node] as const] : [])));
  const gone = new Set<WrittenNode>();
  const expanded = nodes.map((node): readonly WrittenNode[] => {
    if ("domain" in node) return [node];
    const output = node.outputs[0] ?? "";
    const [x, y] = [typeOf(node.inputs[0]), typeOf(output)];
    const [reader, ...others] = uses.get(output) ?? [];
    const relu = reader?.op === "Relu" && others.length === 0 ? nodes.find((each) => each === reader) : undefined;
    const turn = turns.get(node.inputs[1] ?? "");
    const conv = expandConv(node, x, y, { block, rectified: relu?.outputs[0], turnedWeight: turn?.inputs[0] });
    if (conv) for (const replaced of [relu, turn]) if (replaced) gone.add(replaced);
    return conv ?? expandConvTranspose(node, x, y, block) ?? [node];
  });
  return nodes.flatMap((node, i) => (gone.has(node) ? [] : (expanded[i] ?? [])));
}

/** Whether a node does nothing but trade the first two axes of a tensor for one convolution. */
function turnsWeight(node: WrittenNode, uses: Uses): boolean {
  const perm = "domain" in node || node.op !== "Transpose" ? undefined : node.attributes.perm;
  const readers = uses.get(node.outputs[0] ?? "") ?? [];
  return typeof perm === "object" && perm.every((axis, i) => axis === (i < 2 ? 1 - i : i)) && readers.length === 1 && readers[0]?.op === "Conv";
}

export type Reader = Pick<Node, "op" | "outputs">;

/** Which nodes read a value; a value that the graph gives away is read by one more, of no operator. */
export type Uses = ReadonlyMap<string, readonly Reader[]>;

function usesIn(graph: Graph): Uses {
  const uses = new Map<string, Reader[]>();
  const add = (name: string, reader: Reader) => uses.set(name, [...(uses.get(name) ?? []), reader]);
  const outside = { op: "", outputs: [] };
  for (const node of graph.nodes) {
    for (const name of node.inputs) add(name, node);
    // What a loop's body reads, it may read anywhere.
    for (const name of node.body ? namesIn(node.body) : []) add(name, outside);
  }
  for (const name of graph.outputs) add(name, outside);
  return uses;
}

function namesIn(graph: Graph): readonly string[] {
  return [...graph.outputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...(node.body ? namesIn(node.body) : [])])];
}
