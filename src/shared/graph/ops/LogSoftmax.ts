/** y = x − ln Σ eˣ along an axis, computed after subtracting the maximum. */
import { at } from "../../kit/fault.ts";
import { exp, mul, reduceSum, sub } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { inputAt } from "./arrays.ts";
import { softmaxCommon, softmaxLanes } from "./softmaxLanes.ts";

export const LogSoftmax = defineOperator<{ readonly axis: number }>({
  name: "LogSoftmax",
  summary: "y = x − ln Σ eˣ along an axis",
  ...softmaxCommon,
  gradient: [
    ({ dy, outputs, attributes: { axis } }) => {
      return sub(dy, mul(exp(at(outputs, 0)), reduceSum(dy, [axis], true)));
    },
  ],
  reference: (inputs, { axis }) => [softmaxLanes(inputAt(inputs, 0), axis, (x, largest, total) => x - largest - Math.log(total))],
});
