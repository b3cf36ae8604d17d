/**
 * A program on the WebGPU device. A program with a `Loop` of steps is compiled as one step and called repeatedly (step.ts): values passed from step to step
 * stay on the device, within a call and, for the inputs named as state, between calls.
 *
 * Samples stay in host memory: the processor gathers each batch and sends it, so a data set may be larger than the device's memory.
 */

import { type Graph, staticShape } from "../../../shared/graph/types.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { toOnnx } from "../onnx.ts";
import { Tensor } from "../onnxruntime.ts";
import { kindsWithoutKernel } from "./kernels.ts";
import { free, LendingSession } from "./lendingSession.ts";
import { lower } from "./lowering.ts";
import { createNative, type NativeOptions, type NativeSession } from "./nativeSession.ts";
import { placeNodes } from "./placement.ts";
import { type Step, stepOf } from "./step.ts";
import { isOnDevice, type NamedTensors, tensorOf } from "./tensors.ts";
import { download, upload } from "./transfer.ts";
import { stateInputs, type UnsupportedOperator, unsupportedIn } from "./unsupported.ts";
import { openWebGpu } from "./webgpu.ts";

export interface WebGpuProgram {
  readonly session: NativeSession;
  readonly unsupported: readonly UnsupportedOperator[];
}

/** @param state inputs that stay on the device; their outputs `<name>/next` are left there */
export async function compileForWebGpu(graph: Graph, options: NativeOptions, state: readonly string[]): Promise<WebGpuProgram> {
  await openWebGpu();
  const step = stepOf(graph);
  const program = lower(step?.graph ?? graph);
  const placement = await placeNodes(program, stateInputs(graph, state), kindsWithoutKernel);
  const left = step ? step.carried.flatMap(({ after }) => (after !== null && isFloat(program, after) ? after : [])) : state.map(nextName);
  const native = await createNative(toOnnx(program), options, {
    executionProviders: [placement.onProcessor.length === 0 ? "webgpu" : { name: "webgpu", forceCpuNodeNames: placement.onProcessor }],
    preferredOutputLocation: Object.fromEntries(left.filter((name) => program.outputs.includes(name)).map((name) => [name, "gpu-buffer"])),
  });
  const session = new LendingSession(native);
  return { session: step === null ? session : new SteppedSession(session, step, new Set(state)), unsupported: unsupportedIn(placement) };
}

/** The output that holds a state tensor after a program. */
export function nextName(name: string): string {
  return `${name}/next`;
}

class SteppedSession implements NativeSession {
  readonly #session: NativeSession;
  readonly #step: Step;
  readonly #state: ReadonlySet<string>;

  constructor(session: NativeSession, step: Step, state: ReadonlySet<string>) {
    this.#session = session;
    this.#step = step;
    this.#state = state;
  }

  async run(inputs: NamedTensors): Promise<NamedTensors> {
    const { carried, collected, graph, tripCount, iteration } = this.#step;
    const [steps = 0] = Array.from(tensorOf(inputs, tripCount).data, Number);
    const sent = await this.#send(inputs);
    const fixed = Object.fromEntries(graph.inputs.flatMap((name) => (name in inputs ? [[name, sent[name] ?? tensorOf(inputs, name)] as const] : [])));
    const rows = new Map(collected.map(({ row }) => [row, [] as Tensor[]]));
    const given = carried.map(({ first }) => tensorOf(inputs, first));
    let values = given;
    try {
      for (let i = 0; i < steps; i++) {
        const before = Object.fromEntries(carried.flatMap((each, k) => (each.before === null ? [] : [[each.before, at(values, k)] as const])));
        const numbered = iteration === null ? {} : { [iteration]: new Tensor("int64", BigInt64Array.of(BigInt(i)), []) };
        const made = await this.#session.run({ ...fixed, ...before, ...numbered });
        const next = carried.map(({ after }, k) => (after === null ? at(values, k) : tensorOf(made, after)));
        free(values.filter((value, k) => value !== given[k] && value !== next[k]));
        values = next;
        for (const [row, list] of rows) list.push(tensorOf(made, row));
      }
    } catch (error) {
      free(values.filter((value, k) => value !== given[k]));
      throw error;
    } finally {
      free(Object.values(sent));
    }
    const last = Object.fromEntries(carried.map((each, k) => [each.last, at(values, k)]));
    const stacked = collected.map(({ row, stacked: name }) => [name, stack(rows.get(row) ?? [], graph, row)] as const);
    return { ...last, ...(await this.#fetch(last, given)), ...Object.fromEntries(stacked) };
  }

  /** Copies state in host memory that the steps only read to the device, once per call instead of once per step. The tensors must be freed. */
  #send(inputs: NamedTensors): Promise<NamedTensors> {
    const firsts = new Set(this.#step.carried.map(({ first }) => first));
    return upload(Object.fromEntries(Object.entries(inputs).filter(([name, tensor]) => this.#state.has(name) && !firsts.has(name) && !isOnDevice(tensor))));
  }

  /** Copies outputs of the steps that are not state to host memory. */
  async #fetch(last: NamedTensors, given: readonly Tensor[]): Promise<NamedTensors> {
    const unnamed = Object.fromEntries(
      this.#step.carried.flatMap(({ first, last: name }) => {
        const tensor = tensorOf(last, name);
        return this.#state.has(first) || !isOnDevice(tensor) || given.includes(tensor) ? [] : [[name, tensor] as const];
      }),
    );
    const fetched = await download(unnamed);
    free(Object.values(unnamed));
    return fetched;
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** The rows of all steps in one float32 tensor. */
function stack(rows: readonly Tensor[], graph: Graph, row: string): Tensor {
  const shape = staticShape(graph.types.get(row)?.shape ?? []);
  const size = shape.reduce((a, b) => a * b, 1);
  const data = new Float32Array(rows.length * size);
  rows.forEach((tensor, i) => {
    if (!(tensor.data instanceof Float32Array)) throw internal(`${row} is collected and is not float32`);
    data.set(tensor.data, i * size);
  });
  return new Tensor("float32", data, [rows.length, ...shape]);
}

function isFloat(graph: Graph, name: string): boolean {
  return graph.types.get(name)?.dtype === "float32";
}
