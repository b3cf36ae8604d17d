/** y = eˣ */
import { at } from "../../kit/fault.ts";
import { mul } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Exp = unary({
  name: "Exp",
  summary: "y = eˣ",
  value: Math.exp,
  gradient: [({ dy, outputs }) => mul(dy, at(outputs, 0))],
});
