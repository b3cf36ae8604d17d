/** y = x */
import { unary } from "./elementwise.ts";

export const Identity = unary({
  name: "Identity",
  summary: "y = x",
  value: (x) => x,
  gradient: [({ dy }) => dy],
});
