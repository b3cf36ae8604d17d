/**
 * RAdam (Liu et al. 2020, arXiv:1908.03265, algorithm 2), in PyTorch's form: with ρ_∞ = 2/(1 − β₂) − 1 and ρ_t = ρ_∞ − 2 t β₂ᵗ / (1 − β₂ᵗ), the step is
 * η m̂ r_t / √v̂ where ρ_t > 5, r_t = √[(ρ_t − 4)(ρ_t − 2) ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2) ρ_t)], and η m̂ before.
 */
import { z } from "zod";
import { add, div, exp, greaterOrEqual, max, mul, sqrt, sub, where } from "../../graph/functions.ts";
import { averages } from "./adamSteps.ts";
import { biasCorrection } from "./biasCorrection.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("radam"), lr: learningRate(0.001), beta1: beta1Field(), beta2: beta2Field(), epsilon: epsilonField() });

/** ρ_∞ */
const longest = (beta2: number): number => 2 / (1 - beta2) - 1;

/**
 * The first step with ρ_t > 5, computed in float64. One step too early would divide by a variance that is not reliable yet. Requires ρ_∞ > 5,
 * because ρ_t increases towards it.
 */
function firstKnown(beta2: number): number {
  let step = 1;
  while (longest(beta2) - (2 * step * beta2 ** step) / (1 - beta2 ** step) <= 5) step++;
  return step;
}

export const radam = {
  title: { en: "RAdam", ko: "RAdam" },
  summary: {
    en: "Adam that waits until its estimate of the spread is reliable: it warms up by itself.",
    ko: "퍼짐의 추정이 믿을 만해질 때까지 기다리는 Adam입니다. 스스로 워밍업합니다.",
  },
  source: "Liu et al. 2020, arXiv:1908.03265, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config: { beta1, beta2, epsilon } }) => {
    const { m, v } = averages(gradient, slots, beta1, beta2);
    const mean = mul(m, div(rate, biasCorrection(step, beta1)));
    const limit = longest(beta2);
    if (limit <= 5) return { parameter: sub(parameter, mean), slots: { m, v } };
    const weight = biasCorrection(step, beta2);
    const power = exp(mul(step, Math.log(beta2)));
    const length = sub(step.builder.innermost.scalar(limit), div(mul(mul(step, 2), power), weight));
    // At least 4.5, so that the argument of the root is positive even where it is not used.
    const safe = max(length, 4.5);
    const rectified = sqrt(div(mul(mul(sub(safe, 4), sub(safe, 2)), limit / ((limit - 4) * (limit - 2))), safe));
    // √(1 − β₂ᵗ) / (√v + ε) if the variance is reliable, otherwise 1.
    const adaptive = div(mul(rectified, sqrt(weight)), add(sqrt(v), epsilon));
    const scale = where(greaterOrEqual(step, firstKnown(beta2)), adaptive, 1);
    return { parameter: sub(parameter, mul(mean, scale)), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 }, { lr: 0.01, beta2: 0.5 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.RAdam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
