/** Shifts and subsamples tensors along their last axis. */
import { at } from "../../kit/fault.ts";
import { matMul, pad, slice } from "../functions.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { sharedConstant } from "./sharedConstants.ts";

/** Wider rows are shifted by a slice, because the work of the matrix product grows with the width. */
const MOVED_BY_PRODUCT = 96;

/**
 * y[..., i] = x[..., stride · i + shift] for `length` positions, zero outside of x. A product with a matrix of zeros and ones does this at memory
 * speed on all threads; slices and pads of single columns use one thread.
 */
export function moved(x: Value, length: number, stride: number, shift: number): Value {
  const axis = x.shape.length - 1;
  const size = at(staticShape(x.shape), axis);
  if (stride === 1 && shift === 0 && length === size) return x;
  if (size <= MOVED_BY_PRODUCT) {
    const matrix = () => Array.from({ length: size * length }, (_, i) => (Math.floor(i / length) === stride * (i % length) + shift ? 1 : 0));
    return matMul(x, sharedConstant(x, `columns/${size}/${length}/${stride}/${shift}`, [size, length], matrix));
  }
  const begin = Math.max(0, Math.ceil(-shift / stride));
  const end = Math.min(length, Math.floor((size - 1 - shift) / stride) + 1);
  const part = slice(x, [stride * begin + shift], [stride * (end - 1) + shift + 1], [axis], [stride]);
  const zeros = (count: number) => [...x.shape.slice(1).map(() => 0), count];
  return pad(part, [...zeros(begin), ...zeros(length - end)]);
}
