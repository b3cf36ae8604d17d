/** Mean over all spatial axes, which are kept with length 1: [N, C, ...space] to [N, C, 1, ...]. */
import { at, internal } from "../../kit/fault.ts";
import { mul } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { build, inputAt, product } from "./arrays.ts";
import { float, type None } from "./elementwise.ts";
import { spaceOf } from "./windows.ts";

export const GlobalAveragePool = defineOperator<None>({
  name: "GlobalAveragePool",
  summary: "y = mean of x over the spatial axes, kept as ones",
  arity: [1, 1],
  attributes: {},
  infer: (inputs) => {
    const { dtype, shape } = at(inputs, 0);
    if (shape.length < 3) throw internal(`[${shape.join(",")}] has no spatial axes`);
    return [{ dtype, shape: shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
  },
  gradient: [({ dy, inputs }) => mul(dy, 1 / product(spaceOf(at(inputs, 0))))],
  reference: (inputs, _, outputs) => {
    const x = inputAt(inputs, 0);
    const size = product(x.shape.slice(2));
    return [build(at(outputs, 0), (__, lane) => x.data.subarray(lane * size, (lane + 1) * size).reduce((sum, value) => sum + value, 0) / size)];
  },
  samples: [
    { title: "images", inputs: [float(2, 3, 2, 4)], attributes: {} },
    { title: "one axis", inputs: [float(2, 1, 5)], attributes: {} },
    { title: "three axes", inputs: [float(1, 2, 2, 3, 2)], attributes: {} },
  ],
});
