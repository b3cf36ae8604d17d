/** z = x − y */
import { neg } from "../functions.ts";
import { binary } from "./elementwise.ts";

export const Sub = binary({
  name: "Sub",
  summary: "z = x − y",
  value: (x, y) => x - y,
  whole: (x, y) => x - y,
  gradient: [({ dy }) => dy, ({ dy }) => neg(dy)],
  also: ["int64", "uint32"],
});
