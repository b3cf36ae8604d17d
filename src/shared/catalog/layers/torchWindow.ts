/** Arguments of PyTorch's convolution and pooling modules. */
import { at } from "../../kit/fault.ts";
import type { TorchModule } from "../common/torch.ts";
import type { ParameterSpec } from "./parameter.ts";
import type { Rank } from "./space.ts";

/** `3` for one axis, otherwise `(3, 3)`. */
export function pythonTuple(values: readonly number[]): string {
  return values.length === 1 ? values.join("") : `(${values.join(", ")})`;
}

export function pythonBool(value: boolean): string {
  return value ? "True" : "False";
}

/** The padding per axis, if start and end are equal on every axis. `pads` lists all starts, then all ends. */
export function evenPads(pads: readonly number[]): readonly number[] | undefined {
  const begins = pads.slice(0, pads.length / 2);
  return begins.every((amount, axis) => amount === pads[axis + begins.length]) ? begins : undefined;
}

/** In PyTorch's order: the last axis first, with its start and end. */
export function padArgument(pads: readonly number[]): string {
  const rank = pads.length / 2;
  const backwards = pads.slice(0, rank).flatMap((begin, axis) => [at(pads, axis + rank), begin]);
  return `(${backwards.reverse().join(", ")})`;
}

/** A module that pads with a constant; negative amounts crop. */
export function constantPad(rank: Rank, pads: readonly number[], value = "0.0"): string {
  return `nn.ConstantPad${rank}d(${padArgument(pads)}, ${value})`;
}

/** Modules in sequence; the parameters belong to the module at `index`. */
export function inSequence(modules: readonly string[], index: number, parameters: readonly ParameterSpec[] = []): TorchModule {
  return {
    make: `nn.Sequential(${modules.join(", ")})`,
    tensors: Object.fromEntries(parameters.map(({ name }) => [name, { path: `${index}.${name}` }])),
  };
}
