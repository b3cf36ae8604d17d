/** z = max(x, y); if equal, the cotangent goes to x */
import { at } from "../../kit/fault.ts";
import { cast, greaterOrEqual, less, mul } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Max = binary({
  name: "Max",
  summary: "z = max(x, y); where equal, the cotangent goes to x",
  value: Math.max,
  gradient: [
    ({ dy, inputs }) => mul(dy, cast(greaterOrEqual(at(inputs, 0), at(inputs, 1)), "float32")),
    ({ dy, inputs }) => mul(dy, cast(less(at(inputs, 0), at(inputs, 1)), "float32")),
  ],
  separated: true,
  also: ["uint32"],
});
