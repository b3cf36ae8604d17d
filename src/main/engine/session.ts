/** A graph made runnable: one onnxruntime session on one device. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Graph } from "../../shared/graph/types.ts";
import { internal } from "../../shared/kit/fault.ts";
import { convolutionBlock, expandConv } from "./blockedConv.ts";
import { type Rewrite, toOnnx } from "./onnx.ts";

export interface SessionOptions {
  /** Processor threads of one operator. Results are bit-identical only at the same count. */
  readonly threads: number;
  /** Writes the runtime's profile beside this prefix. */
  readonly profilePrefix?: string;
}

export class GraphSession {
  readonly graph: Graph;
  readonly #session: InferenceSession;

  private constructor(graph: Graph, session: InferenceSession) {
    this.graph = graph;
    this.#session = session;
  }

  static async compile(graph: Graph, options: SessionOptions): Promise<GraphSession> {
    const block = await convolutionBlock();
    const rewrite: Rewrite = (node, typeOf) => expandConv(node, typeOf(node.inputs[0] ?? ""), typeOf(node.outputs[0] ?? ""), block);
    const session = await InferenceSession.create(toOnnx(graph, { rewrite }), {
      executionProviders: ["cpu"],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
      ...(options.profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profilePrefix }),
    });
    return new GraphSession(graph, session);
  }

  /** Inputs are not copied on their way in; outputs are fresh arrays, by the names of the graph's outputs. */
  async run(inputs: Readonly<Record<string, Tensor>>): Promise<Outputs> {
    return new Outputs(await this.#session.run(inputs));
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/** What a call returned. */
export class Outputs {
  readonly #values: InferenceSession.OnnxValueMapType;

  constructor(values: InferenceSession.OnnxValueMapType) {
    this.#values = values;
  }

  floats(name: string): Float32Array {
    const data = this.#values[name]?.data;
    if (!(data instanceof Float32Array)) throw internal(`the output ${name} is not float32`);
    return data;
  }
}

export function floatTensor(data: Float32Array, shape: readonly number[]): Tensor {
  return new Tensor("float32", data, shape);
}

export function intTensor(data: Int32Array, shape: readonly number[]): Tensor {
  return new Tensor("int32", data, shape);
}

export function longTensor(value: number): Tensor {
  return new Tensor("int64", BigInt64Array.of(BigInt(value)), []);
}

/** Samples or targets as they lie in memory. */
export function dataTensor(data: Uint8Array | Float32Array | Int32Array, shape: readonly number[]): Tensor {
  if (data instanceof Float32Array) return floatTensor(data, shape);
  if (data instanceof Int32Array) return intTensor(data, shape);
  return new Tensor("uint8", data, shape);
}
