/**
 * The units of a weight in its tensor. A unit computes one output (for a kernel, one output channel) from its incoming weights. Norms,
 * orthogonalization and fan-in are defined per unit, and a tensor's shape does not tell where the units are: columns in a dense layer, slices of the
 * first axis in a convolution, slices of the second axis in a transposed convolution, separately for each group's block of the first axis.
 */

import { mul, reduceSum, reshape, sqrt, transpose } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";

export interface Units {
  /** The axis that enumerates the units. */
  readonly outputAxis: number;
  /** All other axes, which contain the incoming weights of one unit. */
  readonly fanInAxes: readonly number[];
  /** Number of blocks of the first axis that have units of their own: the groups of a transposed convolution; otherwise 1. */
  readonly blocks: number;
}

/** The units of a tensor along one axis; the other axes are their inputs. */
export function unitsAlong(outputAxis: number, shape: readonly number[], blocks = 1): Units {
  return { outputAxis, fanInAxes: shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis])), blocks };
}

/** Number of units in a tensor, and of incoming weights per unit. */
export function countsOf(shape: readonly number[], { outputAxis, fanInAxes, blocks }: Units): { readonly outputs: number; readonly inputs: number } {
  return { outputs: blocks * at(shape, outputAxis), inputs: fanInAxes.reduce((product, axis) => product * at(shape, axis), 1) / blocks };
}

/**
 * The Euclidean norm of each unit's incoming weights, in a shape that broadcasts with the tensor.
 * @param value result of {@link inBlocks}
 */
export function incomingNorms(value: Value, units: Units): Value {
  const axes = units.blocks === 1 ? units.fanInAxes : units.fanInAxes.map((axis) => axis + 1);
  return sqrt(reduceSum(mul(value, value), axes, true));
}

/** The tensor with its blocks as an additional first axis; unchanged if there is one block. */
export function inBlocks(value: Value, { blocks }: Units): Value {
  const [first = 1, ...rest] = staticShape(value.shape);
  return blocks === 1 ? value : reshape(value, [blocks, first / blocks, ...rest]);
}

export interface MatrixView {
  /** [outputs, inputs] or its transpose: operations on it must not depend on which. */
  readonly matrix: Value;
  readonly outputs: number;
  readonly inputs: number;
  /** Converts a matrix of this shape back to the tensor's shape. */
  readonly restore: (matrix: Value) => Value;
}

/** A weight as a matrix with one row, or one column, per unit. */
export function matrixView(value: Value, units: Units): MatrixView {
  const shape = staticShape(value.shape);
  const counts = countsOf(shape, units);
  // A matrix keeps its orientation.
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

/** The same in PyTorch, where the order of axes may differ: `units` is (the axis of the units, the blocks of the first axis). */
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
