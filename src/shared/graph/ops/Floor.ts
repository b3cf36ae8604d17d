/** y = the largest integer that is at most x; its derivative is zero almost everywhere */
import { unary } from "./elementwise.ts";

export const Floor = unary({
  name: "Floor",
  summary: "y = the largest whole number that is not above x; its derivative is zero almost everywhere",
  value: Math.floor,
  gradient: "none",
  range: [-4, 4],
});
