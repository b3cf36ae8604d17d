/** z = x and y */
import { binary } from "./elementwise.ts";

export const And = binary({
  name: "And",
  summary: "z = x and y",
  value: (x, y) => x * y,
  gradient: "none",
  dtype: "bool",
});
