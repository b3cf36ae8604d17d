/** y = not x */
import { unary } from "./elementwise.ts";

export const Not = unary({
  name: "Not",
  summary: "y = 1 − x for truth values",
  value: (x) => 1 - x,
  gradient: "none",
  dtype: "bool",
});
