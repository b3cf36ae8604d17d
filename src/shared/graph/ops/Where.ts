/** y = a where the condition holds, else b, with numpy broadcasting. */
import { at } from "../../kit/fault.ts";
import { cast, mul, not } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { float, type None, typed } from "./elementwise.ts";

export const Where = defineOperator<None>({
  name: "Where",
  summary: "y = a where the condition holds, else b",
  arity: [3, 3],
  attributes: {},
  infer: (inputs) => [{ dtype: at(inputs, 1).dtype, shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape, at(inputs, 2).shape) }],
  gradient: [
    null,
    ({ dy, inputs }) => mul(dy, cast(at(inputs, 0), "float32")),
    ({ dy, inputs }) => mul(dy, cast(not(at(inputs, 0)), "float32")),
  ],
  reference: (inputs, _, outputs) => {
    const [condition, a, b] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
    return [build(at(outputs, 0), (index) => (broadcastRead(condition, index) !== 0 ? broadcastRead(a, index) : broadcastRead(b, index)))];
  },
  samples: [
    { title: "equal shapes", inputs: [typed("bool", 2, 3), float(2, 3), float(2, 3)], attributes: {} },
    { title: "all three broadcast", inputs: [typed("bool", 2, 1), float(3), float()], attributes: {} },
  ],
});
