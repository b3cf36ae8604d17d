/** y = a where the condition is true, else b, with numpy broadcasting. */
import { at, internal } from "../../kit/fault.ts";
import { cast, mul, not } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { sameDType } from "./dtypes.ts";
import { float, type None, typed } from "./elementwise.ts";

export const Where = defineOperator<None>({
  name: "Where",
  summary: "y = a where the condition holds, else b",
  arity: [3, 3],
  attributes: {},
  infer: (inputs) => {
    const [condition, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    if (condition.dtype !== "bool") throw internal(`a condition is bool, not ${condition.dtype}`);
    return [{ dtype: sameDType("Where", [a, b]), shape: broadcastShapes(condition.shape, a.shape, b.shape) }];
  },
  gradient: [null, ({ dy, inputs }) => mul(dy, cast(at(inputs, 0), "float32")), ({ dy, inputs }) => mul(dy, cast(not(at(inputs, 0)), "float32"))],
  reference: (inputs, _, outputs) => {
    const [condition, a, b] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
    return [build(at(outputs, 0), (index) => (broadcastRead(condition, index) !== 0 ? broadcastRead(a, index) : broadcastRead(b, index)))];
  },
  samples: [
    { title: "equal shapes", inputs: [typed("bool", 2, 3), float(2, 3), float(2, 3)], attributes: {} },
    { title: "whole numbers", inputs: [typed("bool", 4), typed("int64", 4), typed("int64", 4)], attributes: {} },
    { title: "all three broadcast", inputs: [typed("bool", 2, 1), float(3), float()], attributes: {} },
  ],
});
