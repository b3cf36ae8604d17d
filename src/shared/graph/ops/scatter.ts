/** Shared by gathering and scattering of elements, where an index replaces the position along one axis. */
import { at, internal } from "../../kit/fault.ts";
import { type NdArray, normalizeAxis, type TensorType } from "../types.ts";
import { stridesOf } from "./arrays.ts";

/** A checked index, counted from the end if negative; ONNX leaves out-of-range indices undefined. */
export function checkedIndex(index: number, size: number): number {
  const place = index < 0 ? index + size : index;
  if (place < 0 || place >= size) throw internal(`the index ${index} is outside a length of ${size}`);
  return place;
}

/** The flat offset in `data` of `position`, with its coordinate along the axis replaced by the index. */
export function placeOf(data: NdArray, indices: NdArray, axis: number, position: readonly number[], flat: number): number {
  const along = normalizeAxis(axis, data.shape.length);
  return stridesOf(data.shape).reduce(
    (sum, stride, k) => sum + stride * (k === along ? checkedIndex(at(indices.data, flat), at(data.shape, along)) : at(position, k)),
    0,
  );
}

/** Indices must be integers, with the rank of the data and no larger than it along the other axes. */
export function checkIndices(op: string, data: TensorType, indices: TensorType, axis: number): void {
  const along = normalizeAxis(axis, data.shape.length);
  const inside =
    indices.shape.length === data.shape.length && indices.shape.every((dim, i) => i === along || dim === data.shape[i] || Number(dim) <= Number(data.shape[i]));
  if (!inside) throw internal(`${op} along axis ${axis} of [${data.shape.join(",")}] does not take indices [${indices.shape.join(",")}]`);
  if (indices.dtype !== "int64" && indices.dtype !== "int32") throw internal(`${op} takes int32 or int64 indices, not ${indices.dtype}`);
}
