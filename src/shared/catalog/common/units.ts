/**
 * The units of a weight in its tensor. A unit is one output number (of every place, where the weights are a kernel's); what feeds it is its incoming
 * weights. Norms, orthogonalization and fans are about units, and a tensor's shape alone does not say where they lie: a dense layer's are columns, a
 * convolution's are slices of the first axis, a transposed convolution's of the second, and of each group's part of the first axis by themselves.
 */

import { mul, reduceSum, reshape, sqrt, transpose } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";

export interface Units {
  /** The axis along which units lie. */
  readonly outputAxis: number;
  /** The axes over which the incoming weights of one unit lie: all others. */
  readonly fanInAxes: readonly number[];
  /** In how many parts of the first axis each part has units of its own: the groups of a transposed convolution; 1 elsewhere. */
  readonly blocks: number;
}

/** A tensor whose units lie along one axis, the others being what feeds them. */
export function unitsAlong(outputAxis: number, shape: readonly number[], blocks = 1): Units {
  return { outputAxis, fanInAxes: shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis])), blocks };
}

/** Output units of a tensor, and the incoming weights of each. */
export function countsOf(shape: readonly number[], { outputAxis, fanInAxes, blocks }: Units): { readonly outputs: number; readonly inputs: number } {
  return { outputs: blocks * at(shape, outputAxis), inputs: fanInAxes.reduce((product, axis) => product * at(shape, axis), 1) / blocks };
}

/**
 * The Euclidean norm of each unit's incoming weights, in a shape that broadcasts with the tensor.
 * @param value as {@link inBlocks} makes it
 */
export function incomingNorms(value: Value, units: Units): Value {
  const axes = units.blocks === 1 ? units.fanInAxes : units.fanInAxes.map((axis) => axis + 1);
  return sqrt(reduceSum(mul(value, value), axes, true));
}

/** The tensor with its blocks as an axis of their own, in front; itself where there is one block. */
export function inBlocks(value: Value, { blocks }: Units): Value {
  const [first = 1, ...rest] = staticShape(value.shape);
  return blocks === 1 ? value : reshape(value, [blocks, first / blocks, ...rest]);
}

export interface MatrixView {
  /** [outputs, inputs], or turned: what is done to it must not depend on which. */
  readonly matrix: Value;
  readonly outputs: number;
  readonly inputs: number;
  /** A matrix of the same shape as a tensor of the value's. */
  readonly restore: (matrix: Value) => Value;
}

/** A weight as the matrix that it is: a row for each unit, or a column. */
export function matrixView(value: Value, units: Units): MatrixView {
  const shape = staticShape(value.shape);
  const counts = countsOf(shape, units);
  // A matrix stays as it lies.
  if (shape.length === 2 && units.blocks === 1) return { matrix: value, ...counts, restore: (matrix) => matrix };
  const blocked = inBlocks(value, units);
  const from = staticShape(blocked.shape);
  const leading = units.blocks === 1 ? [units.outputAxis] : [0, units.outputAxis + 1];
  const order = [...leading, ...from.flatMap((_, axis) => (leading.includes(axis) ? [] : [axis]))];
  const turned = order.every((axis, i) => axis === i) ? blocked : transpose(blocked, order);
  return {
    matrix: reshape(turned, [counts.outputs, counts.inputs]),
    ...counts,
    restore: (matrix) => {
      const back = reshape(matrix, staticShape(turned.shape));
      const inverse = order.map((_, axis) => order.indexOf(axis));
      return reshape(turned === blocked ? back : transpose(back, inverse), shape);
    },
  };
}

/** The same in PyTorch, where tensors may lie in another order: `units` is (the axis of the units, the blocks of the first axis). */
export const UNITS_IN_TORCH = `def rows_of(value, units):
    """A weight as a matrix with a row for each output unit; units is (their axis, the blocks of the first axis that have units of their own)."""
    axis, blocks = units
    return value.reshape(blocks, -1, *value.shape[1:]).movedim(axis + 1, 1).flatten(2).flatten(0, 1)


def tensor_of(rows, units, shape):
    """The way back from rows_of to a tensor of that shape."""
    axis, blocks = units
    blocked = [blocks, shape[0] // blocks, *shape[1:]]
    outputs = blocked.pop(axis + 1)
    return rows.reshape(blocked[0], outputs, *blocked[1:]).movedim(1, axis + 1).reshape(shape)
`;
