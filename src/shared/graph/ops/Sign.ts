/** y = −1, 0 or 1 by the sign of x; its derivative is zero almost everywhere */
import { unary } from "./elementwise.ts";

export const Sign = unary({
  name: "Sign",
  summary: "y = −1, 0 or 1 by the sign of x; its derivative is zero almost everywhere",
  value: Math.sign,
  gradient: "none",
});
