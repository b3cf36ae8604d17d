/**
 * One iteration of a program whose steps are a `Loop`, as a separate graph.
 *
 * WebGPU has no `Loop`: the runtime would run the loop on the processor and copy the whole state to it and back at every iteration (measured: 93 ms for
 * 64 MB). A graph of one step that is called repeatedly leaves the state on the device.
 */
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph, Node } from "../../../shared/graph/types.ts";
import { at } from "../../../shared/kit/fault.ts";

export interface Step {
  readonly graph: Graph;
  /** The program's input with the number of steps of a call. */
  readonly tripCount: string;
  /** The step's input for its number in the call, int64; null if there is none. */
  readonly iteration: string | null;
  readonly carried: readonly Carried[];
  readonly collected: readonly Collected[];
}

/** A value that is passed from step to step. */
export interface Carried {
  /** The program's input with the initial value. */
  readonly first: string;
  /** The step's input; null if the step does not read it. */
  readonly before: string | null;
  /** The step's output; null if the step does not change it. */
  readonly after: string | null;
  /** The program's output with the last value. */
  readonly last: string;
}

/** A value that every step makes and the program stacks. */
export interface Collected {
  /** The step's output. */
  readonly row: string;
  /** The program's output, the steps along its first axis. */
  readonly stacked: string;
}

/** The step of a program that is one counted loop, including what is computed before it; null for other programs. */
export function stepOf(graph: Graph): Step | null {
  const loops = graph.nodes.filter(({ op }) => op === "Loop");
  const [loop] = loops;
  if (loop?.body === undefined || loops.length > 1) return null;
  const { body } = loop;
  const [tripCount = "", go = "", ...firsts] = loop.inputs;
  const [iteration = "", condition = "", ...befores] = body.inputs;
  const [goOn = "", ...made] = body.outputs;
  const around = graph.nodes.filter((node) => node !== loop);
  const makes = (name: string): Node | undefined => body.nodes.find(({ outputs }) => outputs.includes(name));
  const passesOn = (name: string, from: string) => name === from || (makes(name)?.op === "Identity" && makes(name)?.inputs[0] === from);
  const counted = at(graph.constants.get(go)?.data ?? [0], 0) === 1 && passesOn(goOn, condition);
  const fromInputs = [tripCount, ...firsts].every((name) => graph.inputs.includes(name));
  const readsLoop = around.some(({ inputs }) => inputs.some((name) => loop.outputs.includes(name)));
  if (!counted || !fromInputs || readsLoop || graph.outputs.some((name) => !loop.outputs.includes(name))) return null;

  const carried = firsts.map((first, i): Carried => {
    const before = at(befores, i);
    const after = at(made, i);
    return { first, before, after: passesOn(after, before) ? null : after, last: at(loop.outputs, i) };
  });
  const collected = made.slice(firsts.length).map((row, i): Collected => ({ row, stacked: at(loop.outputs, firsts.length + i) }));
  const step = prune({
    name: `${graph.name}/step`,
    inputs: [...graph.inputs, iteration, ...befores],
    outputs: [...carried.flatMap(({ after }) => after ?? []), ...collected.map(({ row }) => row)],
    nodes: [...around, ...body.nodes],
    constants: new Map([...graph.constants, ...body.constants]),
    types: new Map([...graph.types, ...body.types]),
  });
  const read = new Set(namesRead(step));
  if (read.has(condition)) return null;
  const inputs = step.inputs.filter((name) => read.has(name));
  const unread = new Set(step.inputs.filter((name) => !read.has(name)));
  return {
    graph: { ...step, inputs, types: new Map([...step.types].filter(([name]) => !unread.has(name))) },
    tripCount,
    iteration: read.has(iteration) ? iteration : null,
    carried: carried.map((each) => ({ ...each, before: each.before !== null && read.has(each.before) ? each.before : null })),
    collected,
  };
}

/** Every name that a graph or a nested body reads. */
function namesRead(graph: Graph): readonly string[] {
  return [...graph.outputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...(node.body ? namesRead(node.body) : [])])];
}
