/** z = the remainder of x / y with the sign of y, for integers */
import { binary } from "./elementwise.ts";

export const Mod = binary({
  name: "Mod",
  summary: "z = the remainder of x / y with the sign of y, for whole numbers",
  whole: (x, y) => ((x % y) + y) % y,
  gradient: "none",
  dtype: "uint32",
});
