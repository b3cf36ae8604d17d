/** y = sin x, in radians. */
import { at } from "../../kit/fault.ts";
import { cos, mul } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Sin = unary({
  name: "Sin",
  summary: "y = sin x",
  value: Math.sin,
  gradient: [({ dy, inputs }) => mul(dy, cos(at(inputs, 0)))],
  range: [-4, 4],
});
