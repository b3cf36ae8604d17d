/** Elements of x by index along an axis: y[i, j] = x[indices[i, j], j] for axis 0. */
import { at } from "../../kit/fault.ts";
import { expand, scatterElements } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { staticShape } from "../types.ts";
import { build, inputAt } from "./arrays.ts";
import { float, typed } from "./elementwise.ts";
import { checkIndices, placeOf } from "./scatter.ts";

export const GatherElements = defineOperator<{ readonly axis: number }>({
  name: "GatherElements",
  summary: "y[i, j] = x[indices[i, j], j], for axis 0",
  arity: [2, 2],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const [x, indices] = [at(inputs, 0), at(inputs, 1)];
    checkIndices("GatherElements", x, indices, axis);
    return [{ dtype: x.dtype, shape: indices.shape }];
  },
  gradient: [
    ({ dy, inputs, builder, attributes: { axis } }) =>
      scatterElements(expand(builder.scalar(0), staticShape(at(inputs, 0).shape)), at(inputs, 1), dy, axis, "add"),
    null,
  ],
  reference: (inputs, { axis }, outputs) => {
    const [x, indices] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    return [build(at(outputs, 0), (index, flat) => at(x.data, placeOf(x, indices, axis, index, flat)))];
  },
  samples: [
    { title: "rows, some twice", inputs: [float(3, 2), typed("int64", 4, 2)], attributes: { axis: 0 }, below: 3 },
    { title: "one class a row", inputs: [float(4, 5), typed("int32", 4, 1)], attributes: { axis: -1 }, below: 5 },
    { title: "fewer rows than x has", inputs: [float(3, 4), typed("int64", 2, 3)], attributes: { axis: 1 }, below: 4 },
  ],
});
