/** z = x + y */
import { binary } from "./elementwise.ts";

export const Add = binary({
  name: "Add",
  summary: "z = x + y",
  value: (x, y) => x + y,
  whole: (x, y) => x + y,
  gradient: [({ dy }) => dy, ({ dy }) => dy],
  also: ["int64", "uint32"],
});
