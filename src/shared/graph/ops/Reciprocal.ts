/** y = 1 / x; dy/dx = −y² */
import { at } from "../../kit/fault.ts";
import { mul, neg } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Reciprocal = unary({
  name: "Reciprocal",
  summary: "y = 1 / x; dy/dx = −y²",
  value: (x) => 1 / x,
  gradient: [({ dy, outputs }) => neg(mul(dy, mul(at(outputs, 0), at(outputs, 0))))],
  range: [0.5, 2],
});
