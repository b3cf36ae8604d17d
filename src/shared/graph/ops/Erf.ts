/** y = erf x = 2/√π ∫₀ˣ e^(−t²) dt; dy/dx = 2/√π e^(−x²) */
import { at } from "../../kit/fault.ts";
import { erf } from "../../math/normal.ts";
import { exp, mul, neg } from "../functions.ts";
import { unary } from "./elementwise.ts";

const SLOPE = 2 / Math.sqrt(Math.PI);

export const Erf = unary({
  name: "Erf",
  summary: "y = erf x; dy/dx = 2/√π e^(−x²)",
  value: erf,
  gradient: [({ dy, inputs }) => mul(dy, mul(exp(neg(mul(at(inputs, 0), at(inputs, 0)))), SLOPE))],
  range: [-3, 3],
});
