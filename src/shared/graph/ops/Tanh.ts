/** y = tanh x; dy/dx = 1 − y² */
import { at } from "../../kit/fault.ts";
import { mul, sub } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Tanh = unary({
  name: "Tanh",
  summary: "y = tanh x; dy/dx = 1 − y²",
  value: Math.tanh,
  gradient: [({ dy, outputs }) => sub(dy, mul(dy, mul(at(outputs, 0), at(outputs, 0))))],
});
