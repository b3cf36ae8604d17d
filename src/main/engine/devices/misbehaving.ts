/**
 * Nodes that the runtime's WebGPU provider (onnxruntime 1.30) takes and then fails at or computes wrongly. tests/engine/devices.test.ts runs every
 * operator's samples on the device, so that this list stays true.
 */
import type { Attribute, Node, TensorType } from "../../../shared/graph/types.ts";

/** Whether the node is to be kept on the processor, though the device has a kernel for it. */
export function misbehaves({ op, attributes }: Node, inputs: readonly TensorType[]): boolean {
  switch (op) {
    case "Slice":
      return slicesBackwards(attributes["starts"], attributes["steps"]);
    case "Pow": {
      // Two tensors of which one is stretched: "raw_hash_map<>::at" when it runs.
      const [base, exponent] = inputs;
      if (base === undefined || exponent === undefined || base.shape.length === 0 || exponent.shape.length === 0) return false;
      return base.shape.join() !== exponent.shape.join();
    }
    case "ConvTranspose":
      // "Only Conv2d or Conv1d are supported" when it runs.
      return (inputs[0]?.shape.length ?? 0) > 4;
    default:
      return false;
  }
}

/** Backwards is right from the last element and by ones only; else it begins at another element. */
function slicesBackwards(starts: Attribute | undefined, steps: Attribute | undefined): boolean {
  if (typeof starts !== "object" || typeof steps !== "object") return false;
  return steps.some((step, i) => step < 0 && (step !== -1 || starts[i] !== -1));
}
