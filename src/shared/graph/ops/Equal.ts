/** z = (x = y) */
import { binary } from "./elementwise.ts";

export const Equal = binary({
  name: "Equal",
  summary: "z = (x = y)",
  value: (x, y) => Number(x === y),
  gradient: "none",
  result: "bool",
  ties: true,
  also: ["int64"],
});
