/** Concatenates tensors along an axis. */
import { at, internal } from "../../kit/fault.ts";
import { slice } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis, sameShape, staticShape } from "../types.ts";
import { forEachIndex, product, stridesOf } from "./arrays.ts";
import { sameDType } from "./dtypes.ts";
import { float } from "./elementwise.ts";

export const Concat = defineOperator<{ readonly axis: number }>({
  name: "Concat",
  summary: "y is the inputs end to end along an axis",
  arity: [1, Number.POSITIVE_INFINITY],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const { shape } = at(inputs, 0);
    const dtype = sameDType("Concat", inputs);
    const along = normalizeAxis(axis, shape.length);
    for (const input of inputs)
      if (!sameShape(input.shape.with(along, 0), shape.with(along, 0)))
        throw internal(`[${shape.join(",")}] and [${input.shape.join(",")}] do not join along axis ${axis}`);
    const total = inputs.reduce((sum, input) => sum + at(staticShape([at(input.shape, along)]), 0), 0);
    return [{ dtype, shape: shape.map((dim, i) => (i === along ? total : dim)) }];
  },
  gradient: ({ dy, inputs, index, attributes: { axis } }) => {
    const along = normalizeAxis(axis, dy.shape.length);
    const lengths = inputs.map((input) => at(staticShape(input.shape), along));
    const start = lengths.slice(0, index).reduce((a, b) => a + b, 0);
    return slice(dy, [start], [start + at(lengths, index)], [along], [1]);
  },
  reference: (inputs, { axis }, outputs) => {
    const shape = staticShape(at(outputs, 0).shape);
    const along = normalizeAxis(axis, shape.length);
    const strides = stridesOf(shape);
    const data = new Float64Array(product(shape));
    let start = 0;
    for (const input of inputs) {
      forEachIndex(input.shape, (index, flat) => {
        data[index.reduce((sum, position, k) => sum + (position + (k === along ? start : 0)) * at(strides, k), 0)] = at(input.data, flat);
      });
      start += at(input.shape, along);
    }
    return [{ shape, data }];
  },
  samples: [
    { title: "rows", inputs: [float(2, 3), float(1, 3)], attributes: { axis: 0 } },
    { title: "three, along the last axis", inputs: [float(2, 3), float(2, 1), float(2, 2)], attributes: { axis: -1 } },
    { title: "one alone", inputs: [float(2)], attributes: { axis: 0 } },
  ],
});
