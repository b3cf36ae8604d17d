/** What a device lacks of a graph, in words, before a run starts. */
import type { DType, Graph } from "../../../shared/graph/types.ts";
import type { DeviceName } from "./device.ts";
import { lower } from "./lowering.ts";
import { type PlacedNode, type Placement, placeNodes } from "./placement.ts";
import { askKernels } from "./probing.ts";
import { stepOf } from "./step.ts";

/**
 * An operator that a device does not compute. The processor does it in its place, so a run with it is right, but slower where every step
 * waits for it.
 */
export interface UnsupportedOperator {
  readonly operator: string;
  /** Element types of its inputs. */
  readonly types: readonly DType[];
  /** `absent`: the device has no such operator; `wrong`: what it has fails or computes something else. */
  readonly reason: "absent" | "wrong";
  /** Addresses of the nodes: `accuracy/Equal`. */
  readonly nodes: readonly string[];
  /** Whether every step waits until the processor has done it: it needs what the device computes. */
  readonly waits: boolean;
}

/**
 * The operators of a program that the device lacks; none for the processor. Asks the device in a process of its own.
 * Fails with a fault of the environment where the device cannot be reached.
 * @param state names of the inputs that stay on the device; what a loop carries is always among them
 */
export async function unsupportedOperators(graph: Graph, device: DeviceName, state: readonly string[] = []): Promise<readonly UnsupportedOperator[]> {
  if (device === "cpu") return [];
  return unsupportedIn(await placeNodes(lower(stepOf(graph)?.graph ?? graph), stateInputs(graph, state), askKernels));
}

/** Names by which the state enters a program or its step. */
export function stateInputs(graph: Graph, state: readonly string[]): readonly string[] {
  const loops = graph.nodes.filter(({ op }) => op === "Loop");
  return [...state, ...loops.flatMap((loop) => [...loop.inputs.slice(2), ...(loop.body?.inputs.slice(2) ?? [])])];
}

export function unsupportedIn({ lacking }: Placement): readonly UnsupportedOperator[] {
  const groups = new Map<string, PlacedNode[]>();
  for (const each of lacking) {
    const key = `${each.lacks} ${each.followsState} ${each.node.op} ${typesOf(each).join()}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || first.lacks === null) return [];
    return {
      operator: first.node.op,
      types: typesOf(first),
      reason: first.lacks,
      nodes: group.map(({ node }) => node.outputs[0] ?? ""),
      waits: first.followsState,
    };
  });
}

/** Different types once each, in their order; those of a loop say nothing. */
function typesOf({ node, inputs }: PlacedNode): readonly DType[] {
  return node.op === "Loop" ? [] : [...new Set(inputs.map(({ dtype }) => dtype))];
}

/** `webgpu has no Equal of int64: accuracy/Equal runs on the processor, and every step waits for it.` */
export function describeUnsupported({ operator, types, reason, nodes, waits }: UnsupportedOperator, device: DeviceName): string {
  const what = types.length === 0 ? operator : `${operator} of ${types.join(" and ")}`;
  const [first = ""] = nodes;
  const where = nodes.length === 1 ? `${first} runs` : `${first} and ${nodes.length - 1} more run`;
  const lacks = reason === "absent" ? `has no ${what}` : `does not compute ${what} rightly`;
  return `${device} ${lacks}: ${where} on the processor, ${waits ? "and every step waits for it" : "ahead of the device, and nothing waits"}.`;
}
