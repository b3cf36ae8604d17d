/** z = x · y */
import { at } from "../../kit/fault.ts";
import { mul } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Mul = binary({
  name: "Mul",
  summary: "z = x · y",
  value: (x, y) => x * y,
  whole: (x, y) => x * y,
  gradient: [({ dy, inputs }) => mul(dy, at(inputs, 1)), ({ dy, inputs }) => mul(dy, at(inputs, 0))],
  also: ["int64", "uint32"],
});
