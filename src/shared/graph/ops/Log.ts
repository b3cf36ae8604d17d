/** y = ln x */
import { at } from "../../kit/fault.ts";
import { div } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Log = unary({
  name: "Log",
  summary: "y = ln x",
  value: Math.log,
  gradient: [({ dy, inputs }) => div(dy, at(inputs, 0))],
  range: [0.2, 2],
});
