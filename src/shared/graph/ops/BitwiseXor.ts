/** z = x exclusive-or y, bit by bit */
import { binary } from "./elementwise.ts";

export const BitwiseXor = binary({
  name: "BitwiseXor",
  summary: "z = x exclusive-or y, bit by bit",
  whole: (x, y) => x ^ y,
  gradient: "none",
  dtype: "uint32",
  also: ["int64"],
});
