/**
 * Adam (Kingma & Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * θ ← θ − η · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
 */
import { z } from "zod";
import { sub } from "../../graph/functions.ts";
import { averages, correctedStep } from "./adamSteps.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("adam"), lr: learningRate(0.001), beta1: beta1Field(), beta2: beta2Field(), epsilon: epsilonField() });

export const adam = {
  title: { en: "Adam", ko: "Adam" },
  summary: {
    en: "Every parameter gets its own step length from the mean and the spread of its gradients.",
    ko: "매개변수마다 기울기의 평균과 퍼짐으로 스텝 길이를 정합니다.",
  },
  source: "Kingma & Ba 2015, arXiv:1412.6980, algorithm 1",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config }) => {
    const { m, v } = averages(gradient, slots, config.beta1, config.beta2);
    return { parameter: sub(parameter, correctedStep(m, v, rate, step, config)), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.Adam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
