/** A graph run by onnxruntime in float32, as a peer of the reference interpreter. */

import { toOnnx, typedArray } from "../../src/main/engine/onnx.ts";
import { InferenceSession, Tensor } from "../../src/main/engine/onnxruntime.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";

export async function runNatively(graph: Graph, inputs: ReadonlyMap<string, NdArray>): Promise<Map<string, NdArray>> {
  const session = await InferenceSession.create(toOnnx(graph), { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  const feeds: Record<string, Tensor> = {};
  for (const name of graph.inputs) {
    const array = inputs.get(name);
    const dtype = graph.types.get(name)?.dtype;
    if (array === undefined || dtype === undefined) throw new Error(`no input ${name}`);
    feeds[name] = new Tensor(dtype, typedArray(dtype, array.data), array.shape);
  }
  const results = await session.run(feeds);
  const outputs = new Map<string, NdArray>();
  for (const name of graph.outputs) {
    const tensor = results[name];
    if (tensor === undefined) throw new Error(`no output ${name}`);
    outputs.set(name, { shape: tensor.dims, data: Float64Array.from(Array.from(tensor.data, Number)) });
  }
  await session.release();
  return outputs;
}

export function floatTensorOf({ shape, data }: NdArray): Tensor {
  return new Tensor("float32", Float32Array.from(data), shape);
}
