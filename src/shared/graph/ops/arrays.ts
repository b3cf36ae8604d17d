/** Helpers of the float64 references: strides, broadcasting and loops over row-major arrays. */
import { at, internal } from "../../kit/fault.ts";
import { type NdArray, staticShape, type TensorType } from "../types.ts";

export const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let step = 1;
  for (const dim of [...shape].reverse()) {
    strides.unshift(step);
    step *= dim;
  }
  return strides;
}

/** Calls `visit` with every index of a shape, in row-major order. The index array is reused. */
export function forEachIndex(shape: readonly number[], visit: (index: readonly number[], flat: number) => void): void {
  const index = shape.map(() => 0);
  const total = product(shape);
  for (let flat = 0; flat < total; flat++) {
    visit(index, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = at(index, axis) + 1;
      index[axis] = next === shape[axis] ? 0 : next;
      if (index[axis] !== 0) break;
    }
  }
}

/** The element at an index of a larger shape that this array broadcasts to. */
export function broadcastRead(array: NdArray, index: readonly number[]): number {
  const lead = index.length - array.shape.length;
  let flat = 0;
  array.shape.forEach((dim, axis) => {
    flat = flat * dim + (dim === 1 ? 0 : at(index, axis + lead));
  });
  return at(array.data, flat);
}

/** A new array of the given type's shape, filled index by index. */
export function build(type: TensorType, value: (index: readonly number[], flat: number) => number): NdArray {
  const shape = staticShape(type.shape);
  const data = new Float64Array(product(shape));
  forEachIndex(shape, (index, flat) => {
    data[flat] = value(index, flat);
  });
  return { shape, data };
}

export function inputAt(inputs: readonly NdArray[], index: number): NdArray {
  const array = inputs[index];
  if (array === undefined) throw internal(`input ${index} is missing`);
  return array;
}
