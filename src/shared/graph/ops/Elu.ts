/** y = x for x > 0, else α (eˣ − 1); dy/dx = 1 for x > 0, else y + α */
import { at } from "../../kit/fault.ts";
import { add, greater, mul, where } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { build, inputAt } from "./arrays.ts";
import { float } from "./elementwise.ts";

export const Elu = defineOperator<{ readonly alpha: number }>({
  name: "Elu",
  summary: "y = x for x > 0, else α (eˣ − 1)",
  arity: [1, 1],
  attributes: { alpha: "float" },
  infer: (inputs) => [at(inputs, 0)],
  gradient: [
    ({ dy, inputs, outputs, attributes: { alpha }, builder }) => mul(dy, where(greater(at(inputs, 0), 0), builder.scalar(1), add(at(outputs, 0), alpha))),
  ],
  reference: (inputs, { alpha }, outputs) => [
    build(at(outputs, 0), (_, flat) => {
      const x = at(inputAt(inputs, 0).data, flat);
      return x > 0 ? x : alpha * Math.expm1(x);
    }),
  ],
  samples: [
    { title: "matrix", inputs: [float(3, 4)], attributes: { alpha: 1 }, range: [-3, 3], separated: true },
    { title: "flatter below zero", inputs: [float(6)], attributes: { alpha: 0.25 }, range: [-2, 2], separated: true },
  ],
});
