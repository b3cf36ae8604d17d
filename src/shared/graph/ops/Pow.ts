/** z = xʸ for x > 0 */
import { at } from "../../kit/fault.ts";
import { log, mul, pow, sub } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Pow = binary({
  name: "Pow",
  summary: "z = xʸ for x > 0",
  value: Math.pow,
  gradient: [
    ({ dy, inputs }) => mul(dy, mul(at(inputs, 1), pow(at(inputs, 0), sub(at(inputs, 1), 1)))),
    ({ dy, inputs, outputs }) => mul(dy, mul(at(outputs, 0), log(at(inputs, 0)))),
  ],
  range: [0.5, 2],
});
