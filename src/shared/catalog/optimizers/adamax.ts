/**
 * Adamax (Kingma & Ba 2015, algorithm 2), in PyTorch's form: m ← β₁ m + (1 − β₁) g; u ← max(β₂ u, |g| + ε); θ ← θ − η / (1 − β₁ᵗ) · m / u.
 * The paper has no ε.
 */
import { z } from "zod";
import { abs, add, div, max, mul, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { biasCorrection } from "./biasCorrection.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("adamax"), lr: learningRate(0.002), beta1: beta1Field(), beta2: beta2Field(), epsilon: epsilonField() });

export const adamax = {
  title: { en: "Adamax", ko: "Adamax" },
  summary: {
    en: "Adam with the largest recent gradient instead of the spread: steps are bounded by the learning rate.",
    ko: "퍼짐 대신 최근의 가장 큰 기울기를 쓰는 Adam입니다. 스텝이 학습률을 넘지 않습니다.",
  },
  source: "Kingma & Ba 2015, arXiv:1412.6980, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "u" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config: { beta1, beta2, epsilon } }) => {
    const m = add(mul(tensorOf(slots, "m"), beta1), mul(gradient, 1 - beta1));
    const u = max(mul(tensorOf(slots, "u"), beta2), add(abs(gradient), epsilon));
    return { parameter: sub(parameter, div(mul(m, div(rate, biasCorrection(step, beta1))), u)), slots: { m, u } };
  },
  samples: [{}, { lr: 0.003, beta1: 0.8, beta2: 0.99, epsilon: 1e-4 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.Adamax(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
