/** y = cos x, in radians. */
import { at } from "../../kit/fault.ts";
import { mul, neg, sin } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Cos = unary({
  name: "Cos",
  summary: "y = cos x",
  value: Math.cos,
  gradient: [({ dy, inputs }) => neg(mul(dy, sin(at(inputs, 0))))],
  range: [-4, 4],
});
