/** A value of a parameter as text that can be typed back: 0.0003, 1e-5, true. */
import type { Value } from "../../shared/catalog/samplers/space.ts";

export function numberText(value: Value): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}
