/** z = x / y; truncated towards zero for integers */
import { at } from "../../kit/fault.ts";
import { div, mul, neg } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Div = binary({
  name: "Div",
  summary: "z = x / y; towards zero for whole numbers",
  value: (x, y) => x / y,
  // BigInt division truncates.
  whole: (x, y) => x / y,
  gradient: [({ dy, inputs }) => div(dy, at(inputs, 1)), ({ dy, inputs, outputs }) => neg(div(mul(dy, at(outputs, 0)), at(inputs, 1)))],
  range: [0.5, 2],
  also: ["uint32"],
});
