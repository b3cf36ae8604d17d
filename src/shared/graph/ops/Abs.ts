/** y = |x| */
import { at } from "../../kit/fault.ts";
import { mul, sign } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Abs = unary({
  name: "Abs",
  summary: "y = |x|",
  value: Math.abs,
  gradient: [({ dy, inputs }) => mul(dy, sign(at(inputs, 0)))],
  separated: true,
});
