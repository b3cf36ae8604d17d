/**
 * The graph IR: tensors with static types, nodes that are ONNX operators of one pinned opset.
 *
 * Everything Descent computes is such a graph. It is serialized to ONNX and run natively, and it is run by the
 * float64 reference interpreter for tests and for the labs. Values are referred to by name; names are addresses
 * (`conv1/weight`, `conv1/weight/grad`) and deterministic, so that a printed graph can be diffed.
 */
import { internal } from "../kit/fault.ts";

/** The ONNX operator set every program is written in. */
export const OPSET = 21;

export type DType = "float32" | "uint8" | "int32" | "int64" | "uint32" | "bool";

/** A dimension: a number, or a name where the size is known only when the program runs. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export type Attribute = number | string | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A tensor's numbers outside any runtime, row-major. Booleans are 0 and 1. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** One operator applied. */
export interface Node {
  readonly op: string;
  /** Names; an omitted optional input is the empty string, as in ONNX. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** The body of a `Loop`. It may use names of the graphs around it. */
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
  /** In an order in which every node comes after what it uses. */
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  /** The type of every input, constant and node output of this graph (not of the graphs around it). */
  readonly types: ReadonlyMap<string, TensorType>;
}

/** The shape as numbers; an error of ours where a dimension is only a name. */
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

/** The numpy broadcast of shapes; an error where they do not fit. */
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

/** An axis counted from the end when negative, checked. */
export function normalizeAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank) throw internal(`axis ${axis} is outside a rank of ${rank}`);
  return normal;
}
