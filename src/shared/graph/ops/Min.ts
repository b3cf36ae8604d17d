/** z = min(x, y); if equal, the cotangent goes to x */
import { at } from "../../kit/fault.ts";
import { cast, greater, lessOrEqual, mul } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Min = binary({
  name: "Min",
  summary: "z = min(x, y); where equal, the cotangent goes to x",
  value: Math.min,
  gradient: [
    ({ dy, inputs }) => mul(dy, cast(lessOrEqual(at(inputs, 0), at(inputs, 1)), "float32")),
    ({ dy, inputs }) => mul(dy, cast(greater(at(inputs, 0), at(inputs, 1)), "float32")),
  ],
  separated: true,
  also: ["uint32"],
});
