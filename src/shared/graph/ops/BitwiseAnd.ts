/** z = x and y, bit by bit */
import { binary } from "./elementwise.ts";

export const BitwiseAnd = binary({
  name: "BitwiseAnd",
  summary: "z = x and y, bit by bit",
  whole: (x, y) => x & y,
  gradient: "none",
  dtype: "uint32",
  also: ["int64"],
});
