/** Shared by the Adam family: the moving averages and the bias-corrected step. */

import { add, div, mul, sqrt, sub } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { tensorOf } from "../common/tensors.ts";
import { biasCorrection } from "./biasCorrection.ts";

export interface Averages {
  /** m ← β₁ m + (1 − β₁) g */
  readonly m: Value;
  /** v ← β₂ v + (1 − β₂) g² */
  readonly v: Value;
}

export function averages(gradient: Value, slots: Readonly<Record<string, Value>>, beta1: number, beta2: number): Averages {
  return {
    m: add(mul(tensorOf(slots, "m"), beta1), mul(gradient, 1 - beta1)),
    v: add(mul(tensorOf(slots, "v"), beta2), mul(mul(gradient, gradient), 1 - beta2)),
  };
}

/**
 * η m̂ / (√v̂ + ε), computed as η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε √(1 − β₂ᵗ)), so that the corrections apply to scalars.
 * @param spread v, or its replacement
 */
export function correctedStep(
  m: Value,
  spread: Value,
  rate: Value,
  step: Value,
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
): Value {
  const correction = sqrt(biasCorrection(step, beta2));
  const rateNow = div(mul(rate, correction), biasCorrection(step, beta1));
  return div(mul(m, rateNow), add(sqrt(spread), mul(correction, epsilon)));
}

/** θ (1 − η λ) where decay applies, in a form without loss of precision for small η λ. */
export function decayedParameter(parameter: Value, rate: Value, weightDecay: number, decayed: boolean): Value {
  return decayed && weightDecay > 0 ? sub(parameter, mul(parameter, mul(rate, weightDecay))) : parameter;
}

/** PyTorch parameter groups with its own weight decay where decay applies. */
export function decayedGroups(weightDecay: number): string {
  return `[{**group, "weight_decay": ${weightDecay} if group["decayed"] else 0.0} for group in groups]`;
}
