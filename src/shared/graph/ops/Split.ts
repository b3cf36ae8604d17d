/** Consecutive pieces of x along an axis. */
import { at, internal } from "../../kit/fault.ts";
import { concat, expand } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis, staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float } from "./elementwise.ts";

interface SplitAttributes {
  readonly axis: number;
  readonly split: readonly number[];
  readonly [name: string]: number | readonly number[];
}

export const Split = defineOperator<SplitAttributes>({
  name: "Split",
  summary: "the outputs are consecutive pieces of x along an axis",
  arity: [1, 1],
  attributes: { axis: "int", split: "ints" },
  asInputs: ["split"],
  infer: (inputs, { axis, split }) => {
    const { dtype, shape } = at(inputs, 0);
    const along = normalizeAxis(axis, shape.length);
    const total = split.reduce((a, b) => a + b, 0);
    if (total !== shape[along]) throw internal(`[${split.join(",")}] does not cut axis ${axis} of [${shape.join(",")}]`);
    return split.map((length) => ({ dtype, shape: shape.map((dim, i) => (i === along ? length : dim)) }));
  },
  gradient: [
    ({ cotangents, outputs, builder, attributes: { axis } }) => {
      const parts = outputs.map((output, i): Value => cotangents[i] ?? expand(builder.scalar(0), staticShape(output.shape)));
      return concat([at(parts, 0), ...parts.slice(1)], axis);
    },
  ],
  reference: (inputs, { axis }, outputs) => {
    const x = inputAt(inputs, 0);
    const along = normalizeAxis(axis, x.shape.length);
    const strides = stridesOf(x.shape);
    let start = 0;
    return outputs.map((type) => {
      const offset = start;
      start += at(staticShape(type.shape), along);
      return build(type, (index) =>
        at(
          x.data,
          index.reduce((sum, position, k) => sum + (position + (k === along ? offset : 0)) * at(strides, k), 0),
        ),
      );
    });
  },
  samples: [
    { title: "a vector", inputs: [float(6)], attributes: { axis: 0, split: [1, 3, 2] } },
    { title: "columns", inputs: [float(2, 5)], attributes: { axis: 1, split: [2, 3] } },
  ],
});
