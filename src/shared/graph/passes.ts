/** Transformations of whole graphs. Each preserves the graph's inputs, outputs and meaning. */
import type { Graph, Node } from "./types.ts";

/** Removes nodes and constants that no output needs, also inside loop bodies. */
export function prune(graph: Graph): Graph {
  const needed = new Set(graph.outputs);
  const nodes: Node[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    const body = node.body && prune(node.body);
    nodes.push(body ? { ...node, body } : node);
    for (const name of node.inputs) needed.add(name);
    if (body) for (const name of namesUsed(body)) needed.add(name);
  }
  nodes.reverse();
  const constants = new Map([...graph.constants].filter(([name]) => needed.has(name)));
  const kept = new Set([...graph.inputs, ...constants.keys(), ...nodes.flatMap((node) => node.outputs)]);
  return { ...graph, nodes, constants, types: new Map([...graph.types].filter(([name]) => kept.has(name))) };
}

/** Every name that a graph or a nested body uses. */
function namesUsed(graph: Graph): readonly string[] {
  return [...graph.outputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...(node.body ? namesUsed(node.body) : [])])];
}
