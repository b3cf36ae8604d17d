/** y = max(x, 0) */
import { at } from "../../kit/fault.ts";
import { cast, greater, mul } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Relu = unary({
  name: "Relu",
  summary: "y = max(x, 0)",
  value: (x) => Math.max(x, 0),
  gradient: [({ dy, outputs }) => mul(dy, cast(greater(at(outputs, 0), 0), "float32"))],
  separated: true,
});
