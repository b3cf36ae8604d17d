/** y = eˣ / Σ eˣ along an axis, computed after subtracting the maximum. */
import { at } from "../../kit/fault.ts";
import { mul, reduceSum, sub } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { inputAt } from "./arrays.ts";
import { softmaxCommon, softmaxLanes } from "./softmaxLanes.ts";

export const Softmax = defineOperator<{ readonly axis: number }>({
  name: "Softmax",
  summary: "y = eˣ / Σ eˣ along an axis",
  ...softmaxCommon,
  gradient: [
    ({ dy, outputs, attributes: { axis } }) => {
      const y = at(outputs, 0);
      const weighted = mul(dy, y);
      return sub(weighted, mul(y, reduceSum(weighted, [axis], true)));
    },
  ],
  reference: (inputs, { axis }) => [softmaxLanes(inputAt(inputs, 0), axis, (x, largest, total) => Math.exp(x - largest) / total)],
});
