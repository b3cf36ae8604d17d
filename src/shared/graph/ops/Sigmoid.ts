/** y = 1 / (1 + e⁻ˣ); dy/dx = y (1 − y) */
import { at } from "../../kit/fault.ts";
import { mul, sub } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Sigmoid = unary({
  name: "Sigmoid",
  summary: "y = 1 / (1 + e⁻ˣ); dy/dx = y (1 − y)",
  value: (x) => 1 / (1 + Math.exp(-x)),
  gradient: [({ dy, outputs }) => mul(dy, sub(at(outputs, 0), mul(at(outputs, 0), at(outputs, 0))))],
});
