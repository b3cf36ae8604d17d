/** z = (x ≤ y) */
import { binary } from "./elementwise.ts";

export const LessOrEqual = binary({
  name: "LessOrEqual",
  summary: "z = (x ≤ y)",
  value: (x, y) => Number(x <= y),
  gradient: "none",
  result: "bool",
  ties: true,
  also: ["int64", "uint32"],
});
