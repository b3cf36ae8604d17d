/**
 * RAdam (Liu et al. 2020, arXiv:1908.03265, algorithm 2), in PyTorch's form: with ρ_∞ = 2/(1 − β₂) − 1 and ρ_t = ρ_∞ − 2 t β₂ᵗ / (1 − β₂ᵗ), the step is
 * η m̂ r_t / √v̂ where ρ_t > 5, r_t = √[(ρ_t − 4)(ρ_t − 2) ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2) ρ_t)], and η m̂ before.
 */
import { z } from "zod";
import { add, cast, div, exp, greater, max, mul, sqrt, sub } from "../../graph/functions.ts";
import { averages } from "./adamSteps.ts";
import { biasCorrection } from "./biasCorrection.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("radam"), lr: learningRate(0.001), beta1: beta1Field(), beta2: beta2Field(), epsilon: epsilonField() });

export const radam = {
  summary: "Adam that waits until it knows the spread: it warms up by itself.",
  source: "Liu et al. 2020, arXiv:1908.03265, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config: { beta1, beta2, epsilon } }) => {
    const { m, v } = averages(gradient, slots, beta1, beta2);
    const limit = 2 / (1 - beta2) - 1;
    const weight = biasCorrection(step, beta2);
    const power = beta2 === 0 ? mul(step, 0) : exp(mul(step, Math.log(beta2)));
    const length = sub(step.builder.innermost.scalar(limit), div(mul(mul(step, 2), power), weight));
    const known = cast(greater(length, 5), "float32");
    // Kept above 4, where the root is of a positive number also while it is not used.
    const safe = max(length, 4.5);
    const rectified = sqrt(div(mul(mul(sub(safe, 4), sub(safe, 2)), limit / ((limit - 4) * (limit - 2))), safe));
    const rateNow = div(rate, biasCorrection(step, beta1));
    // √(1 − β₂ᵗ) / (√v + ε) where the spread is known, else 1.
    const adaptive = div(mul(rectified, sqrt(weight)), add(sqrt(v), epsilon));
    const scale = add(mul(sub(adaptive, 1), known), 1);
    return { parameter: sub(parameter, mul(mul(m, rateNow), scale)), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.RAdam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
