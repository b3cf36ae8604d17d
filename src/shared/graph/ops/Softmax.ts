/** y = eˣ / Σ eˣ along an axis, computed after subtracting the maximum. */
import { at } from "../../kit/fault.ts";
import { mul, reduceSum, sub } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis } from "../types.ts";
import { inputAt } from "./arrays.ts";
import { float } from "./elementwise.ts";
import { softmaxLanes } from "./softmaxLanes.ts";

export const Softmax = defineOperator<{ readonly axis: number }>({
  name: "Softmax",
  summary: "y = eˣ / Σ eˣ along an axis",
  arity: [1, 1],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const x = at(inputs, 0);
    normalizeAxis(axis, x.shape.length);
    return [x];
  },
  gradient: [
    ({ dy, outputs, attributes: { axis } }) => {
      const y = at(outputs, 0);
      const weighted = mul(dy, y);
      return sub(weighted, mul(y, reduceSum(weighted, [axis], true)));
    },
  ],
  reference: (inputs, { axis }) => [softmaxLanes(inputAt(inputs, 0), axis, (x, largest, total) => Math.exp(x - largest) / total)],
  samples: [
    { title: "classes of a batch", inputs: [float(3, 5)], attributes: { axis: -1 } },
    { title: "the first axis", inputs: [float(3, 2)], attributes: { axis: 0 } },
    { title: "large scores", inputs: [float(2, 4)], attributes: { axis: 1 }, range: [-12, 12] },
  ],
});
