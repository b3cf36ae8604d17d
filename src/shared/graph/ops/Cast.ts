/** Converts to another element type; fractions are truncated towards zero. */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import type { DType } from "../types.ts";
import { build, inputAt } from "./arrays.ts";
import { isWhole, wrap } from "./dtypes.ts";
import { float, typed } from "./elementwise.ts";

const dtypes: readonly DType[] = ["float32", "uint8", "int32", "int64", "uint32", "bool"];

function dtypeOf(name: string): DType {
  const dtype = dtypes.find((each) => each === name);
  if (dtype === undefined) throw internal(`there is no element type ${name}; there are ${dtypes.join(", ")}`);
  return dtype;
}

export const Cast = defineOperator<{ readonly to: string }>({
  name: "Cast",
  summary: "y = x as another element type",
  arity: [1, 1],
  attributes: { to: "string" },
  infer: (inputs, { to }) => {
    const { dtype, shape } = at(inputs, 0);
    // A cast to the same type would stop the gradient without need.
    if (dtype === to) throw internal(`a cast from ${dtype} to ${to} changes nothing; leave it out`);
    return [{ dtype: dtypeOf(to), shape }];
  },
  // Booleans and integers have no cotangent.
  gradient: "none",
  reference: (inputs, { to }, outputs) => [
    build(at(outputs, 0), (_, flat) => {
      const x = at(inputAt(inputs, 0).data, flat);
      if (to === "float32") return x;
      if (to === "bool") return Number(x !== 0);
      const dtype = dtypeOf(to);
      return isWhole(dtype) ? wrap(BigInt(Math.trunc(x)), dtype) : x;
    }),
  ],
  samples: [
    { title: "bytes to float", inputs: [typed("uint8", 2, 3)], attributes: { to: "float32" }, below: 200 },
    { title: "truth to float", inputs: [typed("bool", 2, 3)], attributes: { to: "float32" } },
    { title: "int32 to int64", inputs: [typed("int32", 4)], attributes: { to: "int64" } },
    { title: "float to int64", inputs: [float(4)], attributes: { to: "int64" }, range: [-9, 9] },
    { title: "float to truth", inputs: [float(4)], attributes: { to: "bool" } },
    { title: "uint32 to float", inputs: [typed("uint32", 5)], attributes: { to: "float32" }, below: 2 ** 32 },
    { title: "int64 to uint32, wrapping", inputs: [typed("int64", 5)], attributes: { to: "uint32" }, below: 2 ** 40 },
    { title: "uint32 to bytes, wrapping", inputs: [typed("uint32", 5)], attributes: { to: "uint8" }, below: 2 ** 32 },
    { title: "int64 to float", inputs: [typed("int64", 2)], attributes: { to: "float32" } },
  ],
});
