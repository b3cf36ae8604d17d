/** Axes in another order: axis i of y is axis perm[i] of x. */
import { at, internal } from "../../kit/fault.ts";
import { transpose } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float } from "./elementwise.ts";

export const Transpose = defineOperator<{ readonly perm: readonly number[] }>({
  name: "Transpose",
  summary: "axis i of y is axis perm[i] of x",
  arity: [1, 1],
  attributes: { perm: "ints" },
  infer: (inputs, { perm }) => {
    const { dtype, shape } = at(inputs, 0);
    if ([...perm].sort((a, b) => a - b).some((axis, i) => axis !== i) || perm.length !== shape.length)
      throw internal(`[${perm.join(",")}] is no order of ${shape.length} axes`);
    return [{ dtype, shape: perm.map((axis) => at(shape, axis)) }];
  },
  gradient: [
    ({ dy, attributes: { perm } }) =>
      transpose(
        dy,
        perm.map((_, axis) => perm.indexOf(axis)),
      ),
  ],
  reference: (inputs, { perm }, outputs) => {
    const x = inputAt(inputs, 0);
    const strides = perm.map((axis) => at(stridesOf(x.shape), axis));
    return [
      build(at(outputs, 0), (index) =>
        at(
          x.data,
          strides.reduce((flat, stride, i) => flat + at(index, i) * stride, 0),
        ),
      ),
    ];
  },
  samples: [
    { title: "matrix", inputs: [float(2, 3)], attributes: { perm: [1, 0] } },
    { title: "stack of matrices", inputs: [float(2, 3, 4)], attributes: { perm: [0, 2, 1] } },
    { title: "rotation of axes", inputs: [float(2, 3, 4, 2)], attributes: { perm: [1, 3, 0, 2] } },
  ],
});
