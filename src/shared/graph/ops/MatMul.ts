/** The matrix product over the last two axes; axes before them broadcast. */
import { at, internal } from "../../kit/fault.ts";
import { matMul, transpose } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes } from "../types.ts";
import type { Value } from "../value.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { sameDType } from "./dtypes.ts";
import { float, type None } from "./elementwise.ts";

/** Exchanges the last two axes. */
function turned(x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

export const MatMul = defineOperator<None>({
  name: "MatMul",
  summary: "z = x y over the last two axes",
  arity: [2, 2],
  attributes: {},
  infer: (inputs) => {
    const [x, y] = [at(inputs, 0), at(inputs, 1)];
    const [rows, depth] = x.shape.slice(-2);
    const [height, columns] = y.shape.slice(-2);
    if (rows === undefined || columns === undefined || depth !== height)
      throw internal(`[${x.shape.join(",")}] and [${y.shape.join(",")}] cannot be multiplied`);
    return [{ dtype: sameDType("MatMul", [x, y]), shape: [...broadcastShapes(x.shape.slice(0, -2), y.shape.slice(0, -2)), rows, columns] }];
  },
  gradient: [({ dy, inputs }) => matMul(dy, turned(at(inputs, 1))), ({ dy, inputs }) => matMul(turned(at(inputs, 0)), dy)],
  reference: (inputs, _, outputs) => {
    const [x, y] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    const depth = at(x.shape, x.shape.length - 1);
    return [
      build(at(outputs, 0), (index) => {
        const batch = index.slice(0, -2);
        const [row, column] = [at(index, index.length - 2), at(index, index.length - 1)];
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += broadcastRead(x, [...batch, row, k]) * broadcastRead(y, [...batch, k, column]);
        return sum;
      }),
    ];
  },
  samples: [
    { title: "matrices", inputs: [float(2, 3), float(3, 4)], attributes: {} },
    { title: "stacks", inputs: [float(2, 3, 4), float(2, 4, 2)], attributes: {} },
    { title: "a matrix over a stack", inputs: [float(2, 3, 4), float(4, 2)], attributes: {} },
    { title: "stacks that broadcast", inputs: [float(2, 1, 3, 2), float(3, 2, 2)], attributes: {} },
  ],
});
