/**
 * Where the nodes of a graph run on WebGPU.
 *
 * A node that the device lacks runs on the processor, and the runtime copies its inputs and outputs. That is correct and cheap, unless the node waits for a
 * result of the device: then every step is delayed. So nodes that do not depend on the state and are small, or gather the batch, or feed only such a node,
 * are also computed on the processor, ahead of the device, and nothing waits.
 */
import { type Graph, type Node, staticShape, type TensorType } from "../../../shared/graph/types.ts";
import { internal } from "../../../shared/kit/fault.ts";
import { kindOf, type OperatorKind } from "./kinds.ts";
import { misbehaves } from "./misbehaving.ts";

/** Up to this many elements the processor is faster than a round trip to the device. */
const SMALL = 1024;

export interface PlacedNode {
  readonly node: Node;
  readonly inputs: readonly TensorType[];
  readonly kind: OperatorKind;
  /** Whether it depends on the state: then it is computed on the device, or waits for it. */
  readonly followsState: boolean;
  /** Why the device does not compute it; null if it does. */
  readonly lacks: "absent" | "wrong" | null;
}

export interface Placement {
  /** Names of nodes to run on the processor although the device has their operators. */
  readonly onProcessor: readonly string[];
  /** Nodes that the device lacks, in the graph's order, including loop bodies. */
  readonly lacking: readonly PlacedNode[];
}

/**
 * @param state names of the inputs that are on the device
 * @param withoutKernel asks the device about operators
 */
export async function placeNodes(
  graph: Graph,
  state: Iterable<string>,
  withoutKernel: (kinds: readonly OperatorKind[]) => Promise<ReadonlySet<string>>,
): Promise<Placement> {
  const scan = new Scan(graph, state);
  const kinds = new Map(scan.nodes.map(({ kind }) => [kind.key, kind]));
  const absent = await withoutKernel([...kinds.values()].filter(({ operator }) => operator !== "Loop"));
  const nodes = scan.nodes.map((each): PlacedNode => ({ ...each, lacks: lackOf(each, absent) }));
  const lacking = nodes.filter(({ lacks }) => lacks !== null);

  const makers = new Map(nodes.flatMap((each) => each.node.outputs.map((name) => [name, each] as const)));
  const chosen = new Set<PlacedNode>();
  const choose = (each: PlacedNode): void => {
    if (chosen.has(each) || each.followsState) return;
    chosen.add(each);
    for (const name of each.node.inputs) {
      const maker = makers.get(name);
      if (maker !== undefined) choose(maker);
    }
  };
  const isBeside = (name: string): boolean => {
    const maker = makers.get(name);
    return maker === undefined || chosen.has(maker);
  };
  for (const each of lacking) choose(each);
  for (const each of nodes) {
    if (each.followsState || !each.node.inputs.every((name) => isBeside(name))) continue;
    // If no state is named, everything seems independent of it.
    if (gathersInput(each.node, graph) || (scan.hasState && each.kind.outputs.every(isSmall))) chosen.add(each);
  }
  const kept = new Set([...chosen, ...lacking.filter(({ lacks }) => lacks === "wrong")]);
  return { onProcessor: nodes.filter((each) => kept.has(each)).flatMap(({ node }) => node.outputs[0] ?? []), lacking };
}

function lackOf({ node, inputs, kind }: Omit<PlacedNode, "lacks">, absent: ReadonlySet<string>): PlacedNode["lacks"] {
  if (node.op === "Loop") return "absent";
  if (absent.has(kind.key)) return "absent";
  return misbehaves(node, inputs) ? "wrong" : null;
}

function gathersInput({ op, inputs }: Node, graph: Graph): boolean {
  return op === "Gather" && graph.inputs.includes(inputs[0] ?? "");
}

function isSmall({ shape }: TensorType): boolean {
  return shape.every((dim) => typeof dim === "number") && staticShape(shape).reduce((size, dim) => size * dim, 1) <= SMALL;
}

/** The nodes that run, including those in loop bodies, and which of them depend on the state. Nodes that the runtime folds or removes are left out. */
class Scan {
  readonly nodes: Omit<PlacedNode, "lacks">[] = [];
  readonly hasState: boolean;
  readonly #types = new Map<string, TensorType>();
  readonly #following: Set<string>;
  readonly #folded = new Set<string>();

  constructor(graph: Graph, state: Iterable<string>) {
    this.#following = new Set(state);
    this.hasState = this.#following.size > 0;
    this.#add(graph);
  }

  #add(graph: Graph): void {
    for (const [name, type] of graph.types) this.#types.set(name, type);
    for (const name of graph.constants.keys()) this.#folded.add(name);
    for (const node of graph.nodes) {
      if (node.body === undefined && node.inputs.every((name) => name === "" || this.#folded.has(name))) {
        for (const name of node.outputs) this.#folded.add(name);
        continue;
      }
      if (node.body) {
        // Values carried by a loop are treated as state: sums of gradients are.
        for (const name of node.body.inputs.slice(2)) this.#following.add(name);
        this.#add(node.body);
      }
      const reads = node.body ? [...node.inputs, ...node.body.outputs] : node.inputs;
      const followsState = reads.some((name) => this.#following.has(name));
      if (followsState) for (const name of node.outputs) this.#following.add(name);
      // The runtime removes an Identity by renaming its value.
      if (node.op === "Identity") continue;
      const typeOf = (name: string) => this.#typeOf(name);
      this.nodes.push({ node, kind: kindOf(node, typeOf), inputs: node.inputs.filter((name) => name !== "").map(typeOf), followsState });
    }
  }

  #typeOf(name: string): TensorType {
    const type = this.#types.get(name);
    if (type === undefined) throw internal(`${name} has no type`);
    return type;
  }
}
