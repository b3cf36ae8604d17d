/** y = erf x = 2/√π ∫₀ˣ e^(−t²) dt; dy/dx = 2/√π e^(−x²) */
import { at } from "../../kit/fault.ts";
import { exp, mul, neg } from "../functions.ts";
import { unary } from "./elementwise.ts";

const SLOPE = 2 / Math.sqrt(Math.PI);
/** From here on erf is ±1 in float64. */
const FLAT = 6;

/** 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)) (Abramowitz & Stegun 1964, 7.1.6). All terms have the same sign, so there is no cancellation. */
function erf(x: number): number {
  if (Math.abs(x) >= FLAT) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return SLOPE * Math.exp(-x * x) * sum;
}

export const Erf = unary({
  name: "Erf",
  summary: "y = erf x; dy/dx = 2/√π e^(−x²)",
  value: erf,
  gradient: [({ dy, inputs }) => mul(dy, mul(exp(neg(mul(at(inputs, 0), at(inputs, 0)))), SLOPE))],
  range: [-3, 3],
});
