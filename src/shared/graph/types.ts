/**
 * The graph IR: tensors with static types, and nodes that are ONNX operators of one fixed opset.
 *
 * Everything that Descent computes is such a graph. It is serialized to ONNX for the runtime, and the float64 reference interpreter runs it in tests
 * and labs. Values are referred to by name. Names are addresses (`conv1/weight`, `conv1/weight/grad`) and deterministic, so that printed graphs can
 * be diffed.
 */
import { internal } from "../kit/fault.ts";

/** The ONNX operator set version of all graphs. */
export const OPSET = 21;

export type DType = "float32" | "uint8" | "int32" | "int64" | "uint32" | "bool";

/** A dimension: a number, or a name where the size is known only at run time. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export type Attribute = number | string | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A tensor's values outside any runtime, row-major. Booleans are 0 and 1. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** One application of an operator. */
export interface Node {
  readonly op: string;
  /** Names; an omitted optional input is the empty string, as in ONNX. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** The body of a `Loop`. It may use names of enclosing graphs. */
  readonly body?: Graph;
}

export interface Constant {
  readonly type: TensorType;
  readonly data: readonly number[] | Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** In topological order. */
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  /** The type of every input, constant and node output of this graph (not of enclosing graphs). */
  readonly types: ReadonlyMap<string, TensorType>;
}

/** The shape as numbers. Throws an internal error where a dimension is only a name. */
export function staticShape(shape: Shape): readonly number[] {
  return shape.map((dim) => {
    if (typeof dim === "string") throw internal(`the dimension ${dim} is not known at compile time`);
    return dim;
  });
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return staticShape(shape).reduce((product, dim) => product * dim, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** `float32[64,28,28]` */
export function formatType(type: TensorType): string {
  return `${type.dtype}[${type.shape.join(",")}]`;
}

/** The numpy broadcast of shapes. Throws an internal error where they do not fit. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let result: Dim = 1;
    for (const shape of shapes) {
      const dim = shape[axis - rank + shape.length] ?? 1;
      if (dim === 1 || dim === result) continue;
      if (result !== 1) throw internal(`shapes do not broadcast: ${shapes.map((s) => `[${s.join(",")}]`).join(" and ")}`);
      result = dim;
    }
    return result;
  });
}

/** The axis as a non-negative number; negative ones count from the end. Throws an internal error where it is out of range. */
export function normalizeAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank) throw internal(`axis ${axis} is outside a rank of ${rank}`);
  return normal;
}
