/** z = (x < y) */
import { binary } from "./elementwise.ts";

export const Less = binary({
  name: "Less",
  summary: "z = (x < y)",
  value: (x, y) => Number(x < y),
  gradient: "none",
  result: "bool",
  ties: true,
  also: ["int64", "uint32"],
});
