/** Tensors of the runtime, possibly on a device. */
import { internal } from "../../../shared/kit/fault.ts";
import { type NamedValues, Tensor } from "../onnxruntime.ts";

export type NamedTensors = Readonly<Record<string, Tensor>>;

export function tensorOf(values: NamedValues, name: string): Tensor {
  const tensor = values[name];
  if (!(tensor instanceof Tensor)) throw internal(`there is no tensor ${name}`);
  return tensor;
}

/** Whether the tensor is on a device, and so must be freed. */
export function isOnDevice({ location }: Tensor): boolean {
  return location === "gpu-buffer";
}
