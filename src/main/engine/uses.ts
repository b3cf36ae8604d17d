/** Which nodes of a graph read which values. */
import type { Graph, Node } from "../../shared/graph/types.ts";

export type Reader = Pick<Node, "op" | "outputs">;

/** The nodes that read a value; an output of the graph has one more reader without operator. */
export type Uses = ReadonlyMap<string, readonly Reader[]>;

export function usesIn(graph: Graph): Uses {
  const uses = new Map<string, Reader[]>();
  const add = (name: string, reader: Reader) => uses.set(name, [...(uses.get(name) ?? []), reader]);
  const outside = { op: "", outputs: [] };
  for (const node of graph.nodes) {
    for (const name of node.inputs) add(name, node);
    // A loop's body may use its inputs in any way.
    for (const name of node.body ? namesIn(node.body) : []) add(name, outside);
  }
  for (const name of graph.outputs) add(name, outside);
  return uses;
}

function namesIn(graph: Graph): readonly string[] {
  return [...graph.outputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...(node.body ? namesIn(node.body) : [])])];
}
