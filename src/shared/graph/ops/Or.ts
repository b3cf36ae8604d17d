/** z = x or y */
import { binary } from "./elementwise.ts";

export const Or = binary({
  name: "Or",
  summary: "z = x or y",
  value: (x, y) => Math.max(x, y),
  gradient: "none",
  dtype: "bool",
});
