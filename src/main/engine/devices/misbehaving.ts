/**
 * Nodes that the runtime's WebGPU provider (onnxruntime 1.30) accepts but fails at or computes wrongly. tests/engine/devices.test.ts runs every operator's
 * samples on the device to keep this list correct.
 */
import type { Attribute, Node, TensorType } from "../../../shared/graph/types.ts";

/** Whether the node must run on the processor although the device has a kernel for it. */
export function misbehaves({ op, attributes }: Node, inputs: readonly TensorType[]): boolean {
  switch (op) {
    case "Slice":
      return slicesBackwards(attributes["starts"], attributes["steps"]);
    case "Pow": {
      // Two tensors, one of which is broadcast: "raw_hash_map<>::at" at run time.
      const [base, exponent] = inputs;
      if (base === undefined || exponent === undefined || base.shape.length === 0 || exponent.shape.length === 0) return false;
      return base.shape.join() !== exponent.shape.join();
    }
    case "ConvTranspose":
      // "Only Conv2d or Conv1d are supported" at run time.
      return (inputs[0]?.shape.length ?? 0) > 4;
    default:
      return false;
  }
}

/** Backward slices are only correct from the last element and with steps of one; others start at a wrong element. */
function slicesBackwards(starts: Attribute | undefined, steps: Attribute | undefined): boolean {
  if (typeof starts !== "object" || typeof steps !== "object") return false;
  return steps.some((step, i) => step < 0 && (step !== -1 || starts[i] !== -1));
}
