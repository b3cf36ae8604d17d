/** y = −x */
import { neg } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Neg = unary({
  name: "Neg",
  summary: "y = −x",
  value: (x) => -x,
  gradient: [({ dy }) => neg(dy)],
});
