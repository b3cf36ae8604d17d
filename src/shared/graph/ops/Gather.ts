/** Slices of x along an axis by index: y = x[indices] for axis 0. */
import { at, internal } from "../../kit/fault.ts";
import { expand, reshape, scatterElements } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis, sizeOf, staticShape } from "../types.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float, typed } from "./elementwise.ts";
import { checkedIndex } from "./scatter.ts";

export const Gather = defineOperator<{ readonly axis: number }>({
  name: "Gather",
  summary: "y holds the slices of x along an axis that the indices name",
  arity: [2, 2],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const [x, indices] = [at(inputs, 0), at(inputs, 1)];
    const along = normalizeAxis(axis, x.shape.length);
    if (indices.dtype !== "int64" && indices.dtype !== "int32") throw internal(`Gather takes int32 or int64 indices, not ${indices.dtype}`);
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)] }];
  },
  gradient: [
    // Every slice of dy is added to the slice of x that it came from.
    ({ dy, inputs, builder, attributes: { axis } }) => {
      const [x, indices] = [at(inputs, 0), at(inputs, 1)];
      const shape = staticShape(x.shape);
      const along = normalizeAxis(axis, shape.length);
      const count = sizeOf(indices.shape);
      const stretched = shape.map((dim, k) => (k === along ? count : dim));
      const flat = reshape(
        indices,
        shape.map((_, k) => (k === along ? count : 1)),
      );
      return scatterElements(expand(builder.scalar(0), shape), expand(flat, stretched), reshape(dy, stretched), along, "add");
    },
    null,
  ],
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
        const place = [...index.slice(0, along), checkedIndex(row, at(x.shape, along)), ...index.slice(along + rank)];
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
    { title: "more rows than x has, as a matrix", inputs: [float(3, 2), typed("int64", 2, 4)], attributes: { axis: 0 }, below: 3 },
    { title: "along a middle axis by a scalar", inputs: [float(2, 3, 2), typed("int32")], attributes: { axis: -2 }, below: 3 },
    { title: "along the last axis", inputs: [float(2, 4), typed("int64", 3)], attributes: { axis: 1 }, below: 4 },
  ],
});
