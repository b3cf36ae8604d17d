/** The operators as functions of values, so that code reads like the formula. */
import { at } from "../kit/fault.ts";
import type { Attribute, Attributes, DType } from "./types.ts";
import type { Value } from "./value.ts";

function one(op: string, inputs: readonly [Value, ...(Value | null)[]], attributes: Attributes = {}): Value {
  return at(inputs[0].builder.innermost.emit(op, inputs, attributes), 0);
}

/** Turns a number into a shared constant of the type of another operand. */
function lift(x: Value | number, like: Value): Value {
  return typeof x === "number" ? like.builder.innermost.scalar(x, like.dtype) : x;
}

export const add = (x: Value, y: Value | number): Value => one("Add", [x, lift(y, x)]);
export const sub = (x: Value, y: Value | number): Value => one("Sub", [x, lift(y, x)]);
export const mul = (x: Value, y: Value | number): Value => one("Mul", [x, lift(y, x)]);
export const div = (x: Value, y: Value | number): Value => one("Div", [x, lift(y, x)]);
export const neg = (x: Value): Value => one("Neg", [x]);
export const abs = (x: Value): Value => one("Abs", [x]);
export const floor = (x: Value): Value => one("Floor", [x]);
export const sign = (x: Value): Value => one("Sign", [x]);
export const erf = (x: Value): Value => one("Erf", [x]);
export const exp = (x: Value): Value => one("Exp", [x]);
export const log = (x: Value): Value => one("Log", [x]);
export const sqrt = (x: Value): Value => one("Sqrt", [x]);
export const reciprocal = (x: Value): Value => one("Reciprocal", [x]);
export const pow = (x: Value, y: Value | number): Value => one("Pow", [x, lift(y, x)]);
export const max = (x: Value, y: Value | number): Value => one("Max", [x, lift(y, x)]);
export const min = (x: Value, y: Value | number): Value => one("Min", [x, lift(y, x)]);
export const tanh = (x: Value): Value => one("Tanh", [x]);
export const cos = (x: Value): Value => one("Cos", [x]);
export const sin = (x: Value): Value => one("Sin", [x]);
export const sigmoid = (x: Value): Value => one("Sigmoid", [x]);
export const softplus = (x: Value): Value => one("Softplus", [x]);
/** x above zero, α (eˣ − 1) below. */
export const elu = (x: Value, alpha: number): Value => one("Elu", [x], { alpha });
export const relu = (x: Value): Value => one("Relu", [x]);

export const equal = (x: Value, y: Value | number): Value => one("Equal", [x, lift(y, x)]);
export const greater = (x: Value, y: Value | number): Value => one("Greater", [x, lift(y, x)]);
export const less = (x: Value, y: Value | number): Value => one("Less", [x, lift(y, x)]);
export const greaterOrEqual = (x: Value, y: Value | number): Value => one("GreaterOrEqual", [x, lift(y, x)]);
export const lessOrEqual = (x: Value, y: Value | number): Value => one("LessOrEqual", [x, lift(y, x)]);
export const and = (x: Value, y: Value): Value => one("And", [x, y]);
export const or = (x: Value, y: Value): Value => one("Or", [x, y]);
export const not = (x: Value): Value => one("Not", [x]);
export const where = (condition: Value, x: Value, y: Value | number): Value => one("Where", [condition, x, lift(y, x)]);
/** Returns `x` itself where it already has that type. */
export const cast = (x: Value, to: DType): Value => (x.dtype === to ? x : one("Cast", [x], { to }));

export const mod = (x: Value, y: Value | number): Value => one("Mod", [x, lift(y, x)]);
export const bitwiseAnd = (x: Value, y: Value | number): Value => one("BitwiseAnd", [x, lift(y, x)]);
export const bitwiseXor = (x: Value, y: Value | number): Value => one("BitwiseXor", [x, lift(y, x)]);
export const bitShift = (x: Value, y: Value | number, direction: "LEFT" | "RIGHT"): Value => one("BitShift", [x, lift(y, x)], { direction });

export const identity = (x: Value): Value => one("Identity", [x]);
export const reshape = (x: Value, shape: readonly number[]): Value => one("Reshape", [x], { shape });
export const transpose = (x: Value, perm: readonly number[]): Value => one("Transpose", [x], { perm });
export const expand = (x: Value, shape: readonly number[]): Value => one("Expand", [x], { shape });
export const concat = (parts: readonly [Value, ...Value[]], axis: number): Value => one("Concat", parts, { axis });
/** Slices of `x` along `axis`, selected by an integer tensor of any shape. */
export const gather = (x: Value, indices: Value, axis = 0): Value => one("Gather", [x, indices], { axis });
/** Elements of `x` selected by positions along `axis`; indices have the rank of `x`. */
export const gatherElements = (x: Value, indices: Value, axis: number): Value => one("GatherElements", [x, indices], { axis });
/** `x` with `updates` written or added at the given positions along `axis`. */
export const scatterElements = (x: Value, indices: Value, updates: Value, axis: number, reduction: "none" | "add"): Value =>
  one("ScatterElements", [x, indices, updates], { axis, reduction });
/**
 * Samples x [N, C, …space] at grid points [N, …places, axes] by linear interpolation. Coordinates are ordered from the innermost axis; −1 and 1 are
 * the centres of the outermost elements. It cannot be differentiated: it transforms input samples only.
 */
export const gridSample = (x: Value, grid: Value, outside: "zeros" | "border" | "reflection"): Value =>
  one("GridSample", [x, grid], { mode: "linear", padding_mode: outside, align_corners: 1 });
/** Rearranges channels into blocks of pixels; CRD is PyTorch's pixel_shuffle. */
export const depthToSpace = (x: Value, blocksize: number, mode: "CRD" | "DCR"): Value => one("DepthToSpace", [x], { blocksize, mode });
/** Pads `x` with a constant. `pads` lists all starts, then all ends. */
export const pad = (x: Value, pads: readonly number[], value = 0): Value => one("Pad", [x], { pads, value });
export const slice = (x: Value, starts: readonly number[], ends: readonly number[], axes: readonly number[], steps: readonly number[]): Value =>
  one("Slice", [x], { starts, ends, axes, steps });

/** Splits `x` along `axis` into pieces of the given lengths. */
export function split(x: Value, lengths: readonly number[], axis: number): readonly Value[] {
  return x.builder.innermost.emit("Split", [x], { split: lengths, axis });
}

export const reduceSum = (x: Value, axes: readonly number[], keepDims = false): Value => one("ReduceSum", [x], { axes, keepdims: keepDims ? 1 : 0 });
export const reduceMean = (x: Value, axes: readonly number[], keepDims = false): Value => one("ReduceMean", [x], { axes, keepdims: keepDims ? 1 : 0 });
export const reduceMax = (x: Value, axes: readonly number[], keepDims = false): Value => one("ReduceMax", [x], { axes, keepdims: keepDims ? 1 : 0 });
export const argMax = (x: Value, axis: number): Value => one("ArgMax", [x], { axis, keepdims: 0 });
export const logSoftmax = (x: Value, axis: number): Value => one("LogSoftmax", [x], { axis });
export const softmax = (x: Value, axis: number): Value => one("Softmax", [x], { axis });

/** The matrix product over the last two axes. */
export const matMul = (x: Value, y: Value): Value => one("MatMul", [x, y]);
/** op(x) · op(y) + bias for matrices, where op transposes on request. */
export const gemm = (x: Value, y: Value, bias: Value | null = null, transA = 0, transB = 0): Value =>
  one("Gemm", bias === null ? [x, y] : [x, y, bias], { transA, transB });

export interface WindowAttributes {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[];
  /** All starts, then all ends. */
  readonly pads: readonly number[];
  readonly [name: string]: Attribute;
}
export interface AveragePoolAttributes extends WindowAttributes {
  readonly count_include_pad: number;
}
export interface ConvAttributes extends WindowAttributes {
  readonly dilations: readonly number[];
  readonly group: number;
}
export interface ConvTransposeAttributes extends ConvAttributes {
  readonly output_padding: readonly number[];
}
export const conv = (x: Value, weight: Value, bias: Value | null, attributes: ConvAttributes): Value =>
  one("Conv", bias === null ? [x, weight] : [x, weight, bias], attributes);
export const convTranspose = (x: Value, weight: Value, bias: Value | null, attributes: ConvTransposeAttributes): Value =>
  one("ConvTranspose", bias === null ? [x, weight] : [x, weight, bias], attributes);
export const maxPool = (x: Value, attributes: WindowAttributes): Value => one("MaxPool", [x], attributes);
export const averagePool = (x: Value, attributes: AveragePoolAttributes): Value => one("AveragePool", [x], attributes);
/** The mean over the spatial axes, which are kept with length 1. */
export const globalAveragePool = (x: Value): Value => one("GlobalAveragePool", [x]);

export interface BatchNormalizationAttributes {
  readonly epsilon: number;
  readonly momentum: number;
  /** Always 1: at inference, a scale and a shift replace the operator. */
  readonly training_mode: number;
  readonly [name: string]: number;
}
/** x normalized per channel over the batch, and the updated running mean and variance. */
export const batchNormalization = (
  x: Value,
  scale: Value,
  bias: Value,
  mean: Value,
  variance: Value,
  attributes: BatchNormalizationAttributes,
): readonly Value[] => x.builder.innermost.emit("BatchNormalization", [x, scale, bias, mean, variance], attributes);
