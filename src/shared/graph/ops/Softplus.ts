/** y = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^(−|x|)), which does not overflow; dy/dx = 1 / (1 + e⁻ˣ) */
import { at } from "../../kit/fault.ts";
import { mul, sigmoid } from "../functions.ts";
import { unary } from "./elementwise.ts";

export const Softplus = unary({
  name: "Softplus",
  summary: "y = ln(1 + eˣ); dy/dx = 1 / (1 + e⁻ˣ)",
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gradient: [({ dy, inputs }) => mul(dy, sigmoid(at(inputs, 0)))],
  range: [-4, 4],
});
