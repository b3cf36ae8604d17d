/** Element types: which are integers, how integers wrap around, and the check that operands have the same type. */
import { at, internal } from "../../kit/fault.ts";
import type { DType, TensorType } from "../types.ts";

type WholeDType = Exclude<DType, "float32" | "bool">;

const wraps: { readonly [D in WholeDType]: (x: bigint) => bigint } = {
  uint8: (x) => BigInt.asUintN(8, x),
  int32: (x) => BigInt.asIntN(32, x),
  int64: (x) => BigInt.asIntN(64, x),
  uint32: (x) => BigInt.asUintN(32, x),
};

export function isWhole(dtype: DType): dtype is WholeDType {
  return dtype in wraps;
}

/** An integer as its type stores it: modulo 2 to the number of bits. */
export function wrap(x: bigint, dtype: WholeDType): number {
  return Number(wraps[dtype](x));
}

/** The common element type of all operands. */
export function sameDType(op: string, inputs: readonly TensorType[]): DType {
  const { dtype } = at(inputs, 0);
  const other = inputs.find((input) => input.dtype !== dtype);
  if (other) throw internal(`${op} takes operands of one element type, not ${dtype} and ${other.dtype}`);
  return dtype;
}
