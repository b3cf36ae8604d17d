/**
 * Copies tensors between host memory and the WebGPU device. The runtime's Node binding cannot read a tensor on a device (`getData()` crashes the process), so
 * a graph of `Identity` nodes copies it: its outputs are placed where they are needed.
 */

import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { at } from "../../../shared/kit/fault.ts";
import { toOnnx } from "../onnx.ts";
import { InferenceSession } from "../onnxruntime.ts";
import { type NamedTensors, tensorOf } from "./tensors.ts";
import { openWebGpu } from "./webgpu.ts";

/** float32 tensors on the device with the values of the given ones. */
export function upload(tensors: NamedTensors): Promise<NamedTensors> {
  return copy(tensors, "gpu-buffer");
}

/** float32 tensors in host memory with the values of the given ones. Waits until the device has computed them. */
export function download(tensors: NamedTensors): Promise<NamedTensors> {
  return copy(tensors, "cpu");
}

/** Copy programs are cached: their outputs need them, and a process has few. */
const sessions = new Map<string, Promise<InferenceSession>>();

async function copy(tensors: NamedTensors, location: "cpu" | "gpu-buffer"): Promise<NamedTensors> {
  const names = Object.keys(tensors);
  if (names.length === 0) return {};
  const shapes = Object.values(tensors).map(({ dims }) => dims);
  const key = `${location} ${JSON.stringify(shapes)}`;
  const created = sessions.get(key) ?? createCopy(shapes, location);
  sessions.set(key, created);
  const session = await created;
  const outputs = await session.run(Object.fromEntries(names.map((name, i) => [`from${i}`, tensorOf(tensors, name)])));
  return Object.fromEntries(names.map((name, i) => [name, tensorOf(outputs, `to${i}`)]));
}

async function createCopy(shapes: readonly (readonly number[])[], location: "cpu" | "gpu-buffer"): Promise<InferenceSession> {
  await openWebGpu();
  const builder = new GraphBuilder("copy");
  const inputs = shapes.map((shape, i) => builder.input(`from${i}`, "float32", shape));
  const outputs = inputs.map((value, i) => builder.output(at(builder.emit("Identity", [value]), 0), `to${i}`).name);
  return InferenceSession.create(toOnnx(builder.build()), {
    executionProviders: ["webgpu"],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
    preferredOutputLocation: Object.fromEntries(outputs.map((name) => [name, location])),
  });
}
