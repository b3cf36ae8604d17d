/** x with elements replaced or added to: y[indices[i, j], j] = updates[i, j] for axis 0. A position may occur repeatedly only when adding. */
import { at, internal } from "../../kit/fault.ts";
import { expand, gatherElements, scatterElements } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { sameShape, staticShape } from "../types.ts";
import { forEachIndex, inputAt } from "./arrays.ts";
import { sameDType } from "./dtypes.ts";
import { float, typed } from "./elementwise.ts";
import { checkIndices, placeOf } from "./scatter.ts";

export const ScatterElements = defineOperator<{ readonly axis: number; readonly reduction: string }>({
  name: "ScatterElements",
  summary: "y is x with updates[i, j] put at, or added to, [indices[i, j], j], for axis 0",
  arity: [3, 3],
  attributes: { axis: "int", reduction: "string" },
  infer: (inputs, { axis, reduction }) => {
    const [x, indices, updates] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    checkIndices("ScatterElements", x, indices, axis);
    sameDType("ScatterElements", [x, updates]);
    if (!sameShape(indices.shape, updates.shape))
      throw internal(`indices [${indices.shape.join(",")}] do not say where updates [${updates.shape.join(",")}] go`);
    if (reduction !== "none" && reduction !== "add") throw internal(`updates are combined by none or add, not ${reduction}`);
    return [x];
  },
  gradient: [
    ({ dy, inputs, builder, attributes: { axis, reduction } }) =>
      reduction === "add" ? dy : scatterElements(dy, at(inputs, 1), expand(builder.scalar(0), staticShape(at(inputs, 2).shape)), axis, "none"),
    null,
    ({ dy, inputs, attributes: { axis } }) => gatherElements(dy, at(inputs, 1), axis),
  ],
  reference: (inputs, { axis, reduction }) => {
    const [x, indices, updates] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
    const data = x.data.slice();
    forEachIndex(indices.shape, (index, flat) => {
      const place = placeOf(x, indices, axis, index, flat);
      data[place] = at(updates.data, flat) + (reduction === "add" ? at(data, place) : 0);
    });
    return [{ shape: x.shape, data }];
  },
  samples: [
    { title: "added, some twice", inputs: [float(3, 2), typed("int64", 4, 2), float(4, 2)], attributes: { axis: 0, reduction: "add" }, below: 3 },
    { title: "added to fewer rows than x has", inputs: [float(3, 4), typed("int32", 2, 2), float(2, 2)], attributes: { axis: -1, reduction: "add" }, below: 4 },
    { title: "one replaced a row", inputs: [float(4, 5), typed("int64", 4, 1), float(4, 1)], attributes: { axis: 1, reduction: "none" }, below: 5 },
  ],
});
