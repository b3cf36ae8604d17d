/**
 * Builds a graph whose batch size is only known at run time. Layers build their graphs for a given batch size; here the graph is built for several sizes,
 * and what differs between them is expressed as a function of the actual batch size. So every layer has a dynamic batch without extra code, and a layer
 * whose graph depends on the batch in any other way is reported as an internal error instead of giving wrong results.
 */
import { operator } from "../../../shared/graph/ops/index.ts";
import type { Attribute, Graph, Node, Shape } from "../../../shared/graph/types.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { plainNode, type RawNode } from "../rawNodes.ts";

/** Two sizes determine a line; the third must be on it. Primes, so that no other dimension is a multiple of all of them by coincidence. */
const SIZES = [2, 3, 7] as const;

/** The name of the dynamic dimension. */
export const BATCH = "batch";

export interface DynamicGraph {
  /** The graph, with the batch as a named dimension in the types of its inputs and outputs. */
  readonly graph: Graph;
  /** Its nodes; those that depend on the batch are preceded by nodes that compute their lists. */
  readonly nodes: readonly (Node | RawNode)[];
}

/**
 * @param build builds the graph for a given batch size: the same nodes for every size
 * @param batchOf name of an input whose first dimension is the batch
 */
export function dynamicBatch(build: (batch: number) => Graph, batchOf: string): DynamicGraph {
  const graphs = SIZES.map(build);
  const graph = at(graphs, 0);
  for (const other of graphs.slice(1)) requireAlike(graph, other);
  const taken = new Set([...graph.types.keys(), batchOf]);
  const claim = (name: string): string => {
    const free = taken.has(name) ? claim(`${name}_`) : name;
    taken.add(free);
    return free;
  };
  const batch = claim("dynamic/batch");
  const written: (Node | RawNode)[] = [{ ...plainNode("Shape", [batchOf], batch), attributes: { start: 0, end: 1 } }];
  for (const [i, node] of graph.nodes.entries()) {
    const moving = Object.keys(node.attributes).filter((name) => graphs.some((each) => differs(at(each.nodes, i).attributes[name], node.attributes[name])));
    if (moving.length === 0) {
      written.push(node);
      continue;
    }
    written.push(
      ...withBatch(node, moving, batch, claim, (name, index) => {
        const values = graphs.map((each) => elementOf(at(each.nodes, i).attributes[name], index));
        const slope = at(values, 1) - at(values, 0);
        const base = at(values, 0) - SIZES[0] * slope;
        if (base + SIZES[2] * slope !== at(values, 2)) throw internal(`${node.op} ${node.outputs[0]} depends on the batch in another way than by its size`);
        return { slope, base };
      }),
    );
  }
  return { graph: { ...graph, types: new Map([...graph.types].map(([name, type]) => [name, { ...type, shape: opened(name, graphs) }])) }, nodes: written };
}

interface Line {
  readonly slope: number;
  readonly base: number;
}

/** A node with lists that are computed from the batch size. ONNX takes these lists as inputs. */
function withBatch(
  { op, inputs, outputs, attributes }: Node,
  moving: readonly string[],
  batch: string,
  claim: (name: string) => string,
  lineOf: (name: string, index: number) => Line,
): readonly RawNode[] {
  const definition = operator(op);
  const lists = definition.asInputs ?? [];
  const foreign = moving.find((name) => !lists.includes(name));
  if (foreign !== undefined) throw internal(`${op} ${outputs[0]} has a batch in its attribute ${foreign}`);
  const nodes: RawNode[] = [];
  const made = (op: string, from: readonly string[], numbers: readonly (readonly number[])[], more: RawNode["attributes"] = {}): string => {
    const name = claim(`dynamic/${op}`);
    nodes.push(plainNode(op, from, name, numbers, more));
    return name;
  };
  const extra = lists.map((name) => {
    const value = attributes[name];
    if (typeof value !== "object") throw internal(`${op} ${outputs[0]} has ${name} as no list`);
    if (!moving.includes(name)) return made("Identity", [], [value]);
    const parts = value.map((_, index) => {
      const { slope, base } = lineOf(name, index);
      if (slope === 0) return made("Identity", [], [[base]]);
      const scaled = slope === 1 ? batch : made("Mul", [batch], [[slope]]);
      return base === 0 ? scaled : made("Add", [scaled], [[base]]);
    });
    return parts.length === 1 ? at(parts, 0) : made("Concat", parts, [], { axis: 0 });
  });
  const kept = Object.entries(attributes).flatMap(([name, value]): (readonly [string, RawNode["attributes"][string]])[] => {
    if (lists.includes(name)) return [];
    return [[name, definition.attributes[name] === "float" && typeof value === "number" ? { float: value } : value]];
  });
  return [...nodes, { op, domain: "", inputs: [...inputs, ...extra], outputs, attributes: Object.fromEntries(kept), lists: [] }];
}

function elementOf(value: Attribute | undefined, index: number): number {
  if (typeof value === "object") return at(value, index);
  throw internal("a batch is in a list or nowhere");
}

function differs(a: Attribute | undefined, b: Attribute | undefined): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

/** The shape of a value, with the batch as a name if it is the first dimension. */
function opened(name: string, graphs: readonly Graph[]): Shape {
  const shapes = graphs.map(({ types }) => types.get(name)?.shape ?? []);
  const first = at(shapes, 0);
  return first.map((dim, axis) => (shapes.every((shape, i) => shape[axis] === at(SIZES, i)) ? BATCH : dim));
}

/** Requires the same nodes between the same names, and the same constants. */
function requireAlike(a: Graph, b: Graph): void {
  const outline = ({ nodes, constants, inputs, outputs }: Graph) =>
    JSON.stringify([nodes.map(({ op, inputs: from, outputs: to }) => [op, from, to]), [...constants].map(([name, { type }]) => [name, type]), inputs, outputs]);
  if (outline(a) !== outline(b)) throw internal(`${a.name} has other nodes or constants for another batch`);
  for (const [name, { data }] of a.constants) {
    const other = b.constants.get(name)?.data;
    for (let i = 0; i < data.length; i++) if (data[i] !== other?.[i] && !Number.isNaN(data[i])) throw internal(`the constant ${name} depends on the batch`);
  }
}
