/** z = op(x) op(y) + c for matrices, where op transposes on request; c broadcasts. */
import { at, internal } from "../../kit/fault.ts";
import { gemm } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes, sameShape } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { sameDType } from "./dtypes.ts";
import { float } from "./elementwise.ts";

export const Gemm = defineOperator<{ readonly transA: number; readonly transB: number }>({
  name: "Gemm",
  summary: "z = op(x) op(y) + c, op transposes on request",
  arity: [2, 3],
  attributes: { transA: "int", transB: "int" },
  infer: (inputs, { transA, transB }) => {
    const [x, y] = [at(inputs, 0), at(inputs, 1)];
    const [rows, depth] = transA ? [x.shape[1], x.shape[0]] : x.shape;
    const [height, columns] = transB ? [y.shape[1], y.shape[0]] : y.shape;
    if (rows === undefined || columns === undefined || depth !== height || x.shape.length !== 2 || y.shape.length !== 2)
      throw internal(`[${x.shape.join(",")}] and [${y.shape.join(",")}] cannot be multiplied`);
    const bias = inputs[2];
    if (bias && !sameShape(broadcastShapes(bias.shape, [rows, columns]), [rows, columns]))
      throw internal(`a bias [${bias.shape.join(",")}] does not broadcast to [${rows},${columns}]`);
    return [{ dtype: sameDType("Gemm", inputs), shape: [rows, columns] }];
  },
  gradient: [
    ({ dy, inputs, attributes: { transA, transB } }) => (transA ? gemm(at(inputs, 1), dy, null, transB, 1) : gemm(dy, at(inputs, 1), null, 0, transB ? 0 : 1)),
    ({ dy, inputs, attributes: { transA, transB } }) => (transB ? gemm(dy, at(inputs, 0), null, 1, transA) : gemm(at(inputs, 0), dy, null, transA ? 0 : 1, 0)),
    ({ dy }) => dy,
  ],
  reference: (inputs, { transA, transB }, outputs) => {
    const [x, y, c] = [inputAt(inputs, 0), inputAt(inputs, 1), inputs[2]];
    const depth = at(x.shape, transA ? 0 : 1);
    return [
      build(at(outputs, 0), ([row = 0, column = 0]) => {
        let sum = c === undefined ? 0 : broadcastRead(c, [row, column]);
        for (let k = 0; k < depth; k++) sum += broadcastRead(x, transA ? [k, row] : [row, k]) * broadcastRead(y, transB ? [column, k] : [k, column]);
        return sum;
      }),
    ];
  },
  samples: [
    { title: "with a bias row", inputs: [float(2, 3), float(3, 4), float(4)], attributes: { transA: 0, transB: 0 } },
    { title: "x transposed", inputs: [float(3, 2), float(3, 4)], attributes: { transA: 1, transB: 0 } },
    { title: "y transposed", inputs: [float(2, 3), float(4, 3)], attributes: { transA: 0, transB: 1 } },
    { title: "both transposed, no bias", inputs: [float(3, 2), float(4, 3)], attributes: { transA: 1, transB: 1 } },
    { title: "a bias for all", inputs: [float(2, 3), float(3, 2), float()], attributes: { transA: 0, transB: 0 } },
    { title: "both transposed, bias column", inputs: [float(3, 2), float(4, 3), float(2, 1)], attributes: { transA: 1, transB: 1 } },
  ],
});
