/** The same elements in another shape, row-major. */
import { at, internal } from "../../kit/fault.ts";
import { reshape } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { sizeOf, staticShape } from "../types.ts";
import { inputAt, product } from "./arrays.ts";
import { float } from "./elementwise.ts";

export const Reshape = defineOperator<{ readonly shape: readonly number[] }>({
  name: "Reshape",
  summary: "y has the elements of x in another shape",
  arity: [1, 1],
  attributes: { shape: "ints" },
  asInputs: ["shape"],
  infer: (inputs, { shape }) => {
    const x = at(inputs, 0);
    if (sizeOf(x.shape) !== product(shape)) throw internal(`[${x.shape.join(",")}] cannot be reshaped to [${shape.join(",")}]`);
    return [{ dtype: x.dtype, shape }];
  },
  gradient: [({ dy, inputs }) => reshape(dy, staticShape(at(inputs, 0).shape))],
  reference: (inputs, { shape }) => [{ shape, data: inputAt(inputs, 0).data }],
  samples: [
    { title: "flatten", inputs: [float(2, 3, 4)], attributes: { shape: [2, 12] } },
    { title: "to more axes", inputs: [float(6)], attributes: { shape: [1, 2, 3] } },
    { title: "to a scalar", inputs: [float(1, 1)], attributes: { shape: [] } },
  ],
});
