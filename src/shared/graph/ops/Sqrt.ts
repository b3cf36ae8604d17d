/** y = √x; dy/dx = 1 / (2 y) */
import { at } from "../../kit/fault.ts";
import { div, mul } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Sqrt = unary({
  name: "Sqrt",
  summary: "y = √x; dy/dx = 1 / (2 y)",
  value: Math.sqrt,
  gradient: [({ dy, outputs }) => div(mul(dy, 0.5), at(outputs, 0))],
  range: [0.2, 2],
});
