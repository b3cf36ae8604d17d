/** A graph as text, one line per node. Equal graphs print equally, so that changes can be diffed. */
import { at } from "../kit/fault.ts";
import { type Attributes, type Constant, formatType, type Graph, type Node } from "./types.ts";

export function printGraph(graph: Graph): string {
  return `${lines(graph, "").join("\n")}\n`;
}

function lines(graph: Graph, indent: string): string[] {
  const typed = (name: string) => {
    const type = graph.types.get(name);
    return type === undefined ? `%${name}` : `%${name}: ${formatType(type)}`;
  };
  return [
    `${indent}graph ${graph.name} (${graph.inputs.map(typed).join(", ")}) {`,
    ...[...graph.constants].map(([name, constant]) => `${indent}  ${typed(name)} = constant ${digest(constant)}`),
    ...graph.nodes.flatMap((node) => nodeLines(node, typed, `${indent}  `)),
    `${indent}  return ${graph.outputs.map((name) => `%${name}`).join(", ")}`,
    `${indent}}`,
  ];
}

function nodeLines(node: Node, typed: (name: string) => string, indent: string): string[] {
  const inputs = node.inputs.map((name) => (name === "" ? "_" : `%${name}`)).join(", ");
  const line = `${indent}${node.outputs.map(typed).join(", ")} = ${node.op}(${inputs})${attributeText(node.attributes)}`;
  return node.body ? [line, ...lines(node.body, `${indent}  `)] : [line];
}

function attributeText(attributes: Attributes): string {
  const parts = Object.entries(attributes).map(([name, value]) => `${name}=${typeof value === "object" ? `[${value.join(",")}]` : value}`);
  return parts.length === 0 ? "" : ` {${parts.join(", ")}}`;
}

/** The numbers of a small constant; for a larger one, its first and last numbers and a hash (FNV-1a over the bits of its float64s). */
function digest({ data }: Constant): string {
  if (data.length <= 4) return `[${Array.from(data, compact).join(", ")}]`;
  const words = new Uint32Array(Float64Array.from(data).buffer);
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  const hex = (hash >>> 0).toString(16).padStart(8, "0");
  return `[${compact(at(data, 0))}, …, ${compact(at(data, data.length - 1))}] of ${data.length}, hash ${hex}`;
}

function compact(value: number): string {
  return String(Number(value.toPrecision(7)));
}
