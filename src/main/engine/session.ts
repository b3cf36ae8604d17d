/** A runnable graph: one onnxruntime session on one device. */

import type { Graph } from "../../shared/graph/types.ts";
import { internal } from "../../shared/kit/fault.ts";
import { convolutionBlock } from "./blockedConv.ts";
import { forCpu } from "./cpuKernels.ts";
import type { DeviceName } from "./devices/device.ts";
import { createNative, type NativeOptions, type NativeSession } from "./devices/nativeSession.ts";
import { type NamedTensors, tensorOf } from "./devices/tensors.ts";
import type { UnsupportedOperator } from "./devices/unsupported.ts";
import { compileForWebGpu } from "./devices/webgpuSession.ts";
import { toOnnx } from "./onnx.ts";
import { Tensor } from "./onnxruntime.ts";

export interface SessionOptions extends NativeOptions {
  /** The processor if absent. Results are bit-identical only there, and only with the same number of threads. */
  readonly device?: DeviceName;
  /**
   * Inputs that stay on the device: parameters and slots. Their outputs `<name>/next`, if any, are left there for the next call (deviceState.ts). No effect on
   * the processor.
   */
  readonly state?: readonly string[];
}

export class GraphSession {
  readonly graph: Graph;
  readonly device: DeviceName;
  /** Operators that the device lacks and the processor computes instead. */
  readonly unsupported: readonly UnsupportedOperator[];
  readonly #session: NativeSession;

  private constructor(graph: Graph, device: DeviceName, session: NativeSession, unsupported: readonly UnsupportedOperator[]) {
    this.graph = graph;
    this.device = device;
    this.#session = session;
    this.unsupported = unsupported;
  }

  /** Fails with a fault of the environment if the device is not available. */
  static async compile(graph: Graph, { device = "cpu", state = [], ...options }: SessionOptions): Promise<GraphSession> {
    if (device === "webgpu") {
      const { session, unsupported } = await compileForWebGpu(graph, options, state);
      return new GraphSession(graph, device, session, unsupported);
    }
    const block = await convolutionBlock();
    return new GraphSession(
      graph,
      device,
      await createNative(toOnnx(graph, { lower: (each) => forCpu(each, block) }), options, { executionProviders: ["cpu"] }),
      [],
    );
  }

  /** Inputs are not copied; outputs are new arrays, by the names of the graph's outputs. */
  async run(inputs: NamedTensors): Promise<Outputs> {
    return new Outputs(await this.#session.run(inputs));
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/** The result of a call. */
export class Outputs {
  readonly #values: Parameters<typeof tensorOf>[0];

  constructor(values: Parameters<typeof tensorOf>[0]) {
    this.#values = values;
  }

  /** On any device: a state output may be on the GPU. */
  tensor(name: string): Tensor {
    return tensorOf(this.#values, name);
  }

  floats(name: string): Float32Array {
    const tensor = this.tensor(name);
    if (tensor.location !== "cpu") throw internal(`the output ${name} is on the device: take it by DeviceState.next`);
    if (!(tensor.data instanceof Float32Array)) throw internal(`the output ${name} is not float32`);
    return tensor.data;
  }
}

export function floatTensor(data: Float32Array, shape: readonly number[]): Tensor {
  return new Tensor("float32", data, shape);
}

export function intTensor(data: Int32Array, shape: readonly number[]): Tensor {
  return new Tensor("int32", data, shape);
}

export function uintTensor(data: Uint32Array, shape: readonly number[]): Tensor {
  return new Tensor("uint32", data, shape);
}

export function textTensor(data: readonly string[], shape: readonly number[]): Tensor {
  return new Tensor("string", [...data], shape);
}

export function longTensor(value: number): Tensor {
  return new Tensor("int64", BigInt64Array.of(BigInt(value)), []);
}

/** Raw samples or targets as a tensor. */
export function dataTensor(data: Uint8Array | Float32Array | Int32Array, shape: readonly number[]): Tensor {
  if (data instanceof Float32Array) return floatTensor(data, shape);
  if (data instanceof Int32Array) return intTensor(data, shape);
  return new Tensor("uint8", data, shape);
}
