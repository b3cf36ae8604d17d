/** Describes what a device lacks for a graph, before a run starts. */
import type { DType, Graph } from "../../../shared/graph/types.ts";
import type { DeviceName } from "./device.ts";
import { lower } from "./lowering.ts";
import { type PlacedNode, type Placement, placeNodes } from "./placement.ts";
import { askKernels } from "./probing.ts";
import { stepOf } from "./step.ts";

/**
 * An operator that a device does not compute. The processor computes it instead, so the run is correct, but slower if every step waits for it.
 */
export interface UnsupportedOperator {
  readonly operator: string;
  /** Element types of its inputs. */
  readonly types: readonly DType[];
  /** `absent`: the device has no such operator; `wrong`: its kernel fails or computes wrong results. */
  readonly reason: "absent" | "wrong";
  /** Addresses of the nodes: `accuracy/Equal`. */
  readonly nodes: readonly string[];
  /** Whether every step waits for the processor, because the operator needs results of the device. */
  readonly waits: boolean;
}

/**
 * The operators of a program that the device lacks; none for the processor. Asks the device in a separate process. Fails with a fault of the environment if
 * the device cannot be reached.
 * @param state names of the inputs that stay on the device; values carried by a loop always count as such
 */
export async function unsupportedOperators(graph: Graph, device: DeviceName, state: readonly string[] = []): Promise<readonly UnsupportedOperator[]> {
  if (device === "cpu") return [];
  return unsupportedIn(await placeNodes(lower(stepOf(graph)?.graph ?? graph), stateInputs(graph, state), askKernels));
}

/** The input names of the state in a program or its step. */
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

/** Distinct types in order; none for a loop. */
function typesOf({ node, inputs }: PlacedNode): readonly DType[] {
  return node.op === "Loop" ? [] : [...new Set(inputs.map(({ dtype }) => dtype))];
}

/** `webgpu has no Equal of int64: accuracy/Equal runs on the processor, and every step waits for it.` */
export function describeUnsupported({ operator, types, reason, nodes, waits }: UnsupportedOperator, device: DeviceName): string {
  const what = types.length === 0 ? operator : `${operator} of ${types.join(" and ")}`;
  const [first = ""] = nodes;
  const where = nodes.length === 1 ? `${first} runs` : `${first} and ${nodes.length - 1} more run`;
  const lacks = reason === "absent" ? `has no ${what}` : `does not compute ${what} correctly`;
  return `${device} ${lacks}: ${where} on the processor, ${waits ? "and every step waits for it" : "ahead of the device, and nothing waits"}.`;
}
