/**
 * Determines which operators have a WebGPU kernel, by asking the runtime: it compiles a graph of one node without fallback to the processor, which succeeds
 * or fails. Runs in a process that may open the device.
 */

import type { Graph, Node, TensorType } from "../../../shared/graph/types.ts";
import { toOnnx } from "../onnx.ts";
import { InferenceSession } from "../onnxruntime.ts";
import type { OperatorKind } from "./kinds.ts";
import { openWebGpu } from "./webgpu.ts";

const known = new Map<string, boolean>();

/** The keys of the kinds for which the device has no kernel. */
export async function kindsWithoutKernel(kinds: readonly OperatorKind[]): Promise<ReadonlySet<string>> {
  const lacking = new Set<string>();
  for (const kind of kinds) {
    const has = known.get(kind.key) ?? (await compiles(kind));
    known.set(kind.key, has);
    if (!has) lacking.add(kind.key);
  }
  return lacking;
}

async function compiles(kind: OperatorKind): Promise<boolean> {
  await openWebGpu();
  try {
    const session = await InferenceSession.create(toOnnx(graphOf(kind)), {
      executionProviders: ["webgpu"],
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
      extra: { session: { disable_cpu_ep_fallback: "1" } },
    });
    await session.release();
    return true;
  } catch {
    return false;
  }
}

function graphOf({ operator, attributes, inputs, outputs }: OperatorKind): Graph {
  const types = new Map<string, TensorType>();
  inputs.forEach((type, i) => {
    if (type !== null) types.set(`x${i}`, type);
  });
  const given = [...types.keys()];
  const made = outputs.map((_, i) => `y${i}`);
  outputs.forEach((type, i) => {
    types.set(`y${i}`, type);
  });
  const node: Node = { op: operator, inputs: inputs.map((type, i) => (type === null ? "" : `x${i}`)), outputs: made, attributes };
  return { name: "kernel", inputs: given, outputs: made, nodes: [node], constants: new Map(), types };
}
