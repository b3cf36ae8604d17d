/** Repeats x along axes of length one, or along new leading axes. */
import { at } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { float } from "./elementwise.ts";

export const Expand = defineOperator<{ readonly shape: readonly number[] }>({
  name: "Expand",
  summary: "y is x broadcast to a shape",
  arity: [1, 1],
  attributes: { shape: "ints" },
  asInputs: ["shape"],
  infer: (inputs, { shape }) => [{ dtype: at(inputs, 0).dtype, shape: broadcastShapes(at(inputs, 0).shape, shape) }],
  gradient: [({ dy }) => dy],
  reference: (inputs, _, outputs) => [build(at(outputs, 0), (index) => broadcastRead(inputAt(inputs, 0), index))],
  samples: [
    { title: "a scalar", inputs: [float()], attributes: { shape: [2, 3] } },
    { title: "a column", inputs: [float(3, 1)], attributes: { shape: [2, 3, 4] } },
  ],
});
