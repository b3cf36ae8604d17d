/** Slices of x along an axis by number: y = x[indices] for axis 0. */
import { at } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis } from "../types.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float, typed } from "./elementwise.ts";

export const Gather = defineOperator<{ readonly axis: number }>({
  name: "Gather",
  summary: "y holds the slices of x along an axis that the indices name",
  arity: [2, 2],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const [x, indices] = [at(inputs, 0), at(inputs, 1)];
    const along = normalizeAxis(axis, x.shape.length);
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)] }];
  },
  // Gathered are data, batches and rates; an embedding brings its own rule when it comes.
  gradient: "forbidden",
  reference: (inputs, { axis }, outputs) => {
    const [x, indices] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    const along = normalizeAxis(axis, x.shape.length);
    const strides = stridesOf(x.shape);
    const rank = indices.shape.length;
    const indexStrides = stridesOf(indices.shape);
    return [
      build(at(outputs, 0), (index) => {
        const row = at(
          indices.data,
          indexStrides.reduce((flat, stride, k) => flat + at(index, along + k) * stride, 0),
        );
        const place = [...index.slice(0, along), row, ...index.slice(along + rank)];
        return at(
          x.data,
          place.reduce((flat, position, k) => flat + position * at(strides, k), 0),
        );
      }),
    ];
  },
  samples: [
    { title: "rows by a vector", inputs: [float(5, 2), typed("int32", 3)], attributes: { axis: 0 }, below: 5 },
    { title: "one row", inputs: [float(4, 3), typed("int64")], attributes: { axis: 0 }, below: 4 },
    { title: "bytes by a matrix", inputs: [typed("uint8", 4, 2), typed("int64", 2, 2)], attributes: { axis: 0 }, below: 4 },
    { title: "along the last axis", inputs: [float(2, 4), typed("int64", 3)], attributes: { axis: 1 }, below: 4 },
  ],
});
