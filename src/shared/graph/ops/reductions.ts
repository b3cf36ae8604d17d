/** Builds reduction operators from one formula each. */
import { at, internal } from "../../kit/fault.ts";
import { reshape } from "../functions.ts";
import { defineOperator, type GradientRule, type OperatorDefinition } from "../operator.ts";
import { normalizeAxis, staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { forEachIndex, inputAt, product } from "./arrays.ts";
import { float } from "./elementwise.ts";

interface ReduceAttributes {
  readonly axes: readonly number[];
  readonly keepdims: number;
  readonly [name: string]: number | readonly number[];
}

/** The shape with the reduced axes kept with length 1. */
export function keptShape(shape: readonly number[], axes: readonly number[]): readonly number[] {
  const folded = new Set(axes.map((axis) => normalizeAxis(axis, shape.length)));
  return shape.map((dim, axis) => (folded.has(axis) ? 1 : dim));
}

/** A cotangent of the reduced shape, reshaped with ones for the reduced axes, so that it broadcasts against the input. */
export function unfolded(dy: Value, input: Value, axes: readonly number[]): Value {
  return reshape(dy, keptShape(staticShape(input.shape), axes));
}

/** Number of elements that are reduced to one. */
export function foldedCount(shape: readonly number[], axes: readonly number[]): number {
  return product(shape) / product(keptShape(shape, axes));
}

interface Spec {
  readonly name: string;
  readonly summary: string;
  readonly start: number;
  readonly fold: (sum: number, x: number) => number;
  readonly finish?: (sum: number, count: number) => number;
  readonly gradient: GradientRule<ReduceAttributes>;
  readonly separated?: boolean;
}

export function reduction({ name, summary, start, fold, finish = (sum) => sum, gradient, separated }: Spec): OperatorDefinition<ReduceAttributes> {
  const extra = separated === undefined ? {} : { separated };
  return defineOperator<ReduceAttributes>({
    name,
    summary,
    arity: [1, 1],
    attributes: { axes: "ints", keepdims: "int" },
    asInputs: ["axes"],
    infer: (inputs, { axes, keepdims }) => {
      const { dtype, shape } = at(inputs, 0);
      // ONNX would interpret an empty list as all axes.
      if (axes.length === 0) throw internal(`${name} needs the axes to fold`);
      const folded = new Set(axes.map((axis) => normalizeAxis(axis, shape.length)));
      return [{ dtype, shape: keepdims ? shape.map((dim, axis) => (folded.has(axis) ? 1 : dim)) : shape.filter((_, axis) => !folded.has(axis)) }];
    },
    gradient: [gradient],
    reference: (inputs, { axes }, outputs) => {
      const x = inputAt(inputs, 0);
      const kept = keptShape(x.shape, axes);
      const folded = new Set(axes.map((axis) => normalizeAxis(axis, x.shape.length)));
      const data = new Float64Array(product(kept)).fill(start);
      forEachIndex(x.shape, (index, flat) => {
        const place = index.reduce((sum, position, axis) => sum * at(kept, axis) + (folded.has(axis) ? 0 : position), 0);
        data[place] = fold(at(data, place), at(x.data, flat));
      });
      const count = foldedCount(x.shape, axes);
      return [{ shape: staticShape(at(outputs, 0).shape), data: data.map((sum) => finish(sum, count)) }];
    },
    samples: [
      { title: "the last axis", inputs: [float(3, 4)], attributes: { axes: [-1], keepdims: 0 }, ...extra },
      { title: "the first axis, kept", inputs: [float(3, 4)], attributes: { axes: [0], keepdims: 1 }, ...extra },
      { title: "all axes", inputs: [float(2, 3)], attributes: { axes: [0, 1], keepdims: 0 }, ...extra },
      { title: "axes from the end, in any order", inputs: [float(2, 3, 4)], attributes: { axes: [-1, 0], keepdims: 0 }, ...extra },
      { title: "space of an image", inputs: [float(2, 3, 2, 2)], attributes: { axes: [2, 3], keepdims: 0 }, ...extra },
      { title: "first and last", inputs: [float(2, 3, 4)], attributes: { axes: [0, 2], keepdims: 1 }, ...extra },
    ],
  });
}
