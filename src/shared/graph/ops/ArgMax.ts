/** Index of the largest element along an axis, int64; the first of equal ones. */
import { at } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis, staticShape } from "../types.ts";
import { forEachIndex, inputAt, product } from "./arrays.ts";
import { float } from "./elementwise.ts";
import { keptShape } from "./reductions.ts";

export const ArgMax = defineOperator<{ readonly axis: number; readonly keepdims: number }>({
  name: "ArgMax",
  summary: "y = position of the first largest element along an axis",
  arity: [1, 1],
  attributes: { axis: "int", keepdims: "int" },
  infer: (inputs, { axis, keepdims }) => {
    const { shape } = at(inputs, 0);
    const along = normalizeAxis(axis, shape.length);
    return [{ dtype: "int64", shape: keepdims ? shape.map((dim, i) => (i === along ? 1 : dim)) : shape.filter((_, i) => i !== along) }];
  },
  gradient: "none",
  reference: (inputs, { axis }, outputs) => {
    const x = inputAt(inputs, 0);
    const along = normalizeAxis(axis, x.shape.length);
    const kept = keptShape(x.shape, [along]);
    const best = new Float64Array(product(kept)).fill(Number.NEGATIVE_INFINITY);
    const data = new Float64Array(best.length);
    forEachIndex(x.shape, (index, flat) => {
      const place = index.reduce((sum, position, k) => sum * at(kept, k) + (k === along ? 0 : position), 0);
      if (at(x.data, flat) <= at(best, place)) return;
      best[place] = at(x.data, flat);
      data[place] = at(index, along);
    });
    return [{ shape: staticShape(at(outputs, 0).shape), data }];
  },
  samples: [
    { title: "classes of a batch", inputs: [float(4, 5)], attributes: { axis: 1, keepdims: 0 }, separated: true },
    { title: "the first of equals", inputs: [float(4, 6)], attributes: { axis: -1, keepdims: 0 }, ties: true },
    { title: "the first axis, kept", inputs: [float(3, 2)], attributes: { axis: 0, keepdims: 1 }, separated: true },
  ],
});
