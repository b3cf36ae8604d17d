/** z = x / y */
import { at } from "../../kit/fault.ts";
import { div, mul, neg } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Div = binary({
  name: "Div",
  summary: "z = x / y",
  value: (x, y) => x / y,
  gradient: [({ dy, inputs }) => div(dy, at(inputs, 1)), ({ dy, inputs, outputs }) => neg(div(mul(dy, at(outputs, 0)), at(inputs, 1)))],
  range: [0.5, 2],
});
