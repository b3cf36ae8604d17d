/** The same numbers as another element type; towards zero where a fraction is lost. */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import type { DType } from "../types.ts";
import { build, inputAt } from "./arrays.ts";
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
  infer: (inputs, { to }) => [{ dtype: dtypeOf(to), shape: at(inputs, 0).shape }],
  // Truth values and whole numbers carry no cotangent.
  gradient: "none",
  reference: (inputs, { to }, outputs) => [
    build(at(outputs, 0), (_, flat) => {
      const x = at(inputAt(inputs, 0).data, flat);
      if (to === "float32") return x;
      return to === "bool" ? Number(x !== 0) : Math.trunc(x);
    }),
  ],
  samples: [
    { title: "bytes to float", inputs: [typed("uint8", 2, 3)], attributes: { to: "float32" }, below: 200 },
    { title: "truth to float", inputs: [typed("bool", 2, 3)], attributes: { to: "float32" } },
    { title: "int32 to int64", inputs: [typed("int32", 4)], attributes: { to: "int64" } },
    { title: "float to int64", inputs: [float(4)], attributes: { to: "int64" }, range: [-9, 9] },
    { title: "int64 to float", inputs: [typed("int64", 2)], attributes: { to: "float32" } },
  ],
});
