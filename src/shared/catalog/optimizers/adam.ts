/**
 * Adam (Kingma & Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * θ ← θ − η · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
 */
import { z } from "zod";
import { add, div, mul, sqrt, sub } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { tensorOf } from "../tensors.ts";
import { biasCorrection } from "./biasCorrection.ts";
import { learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("adam"),
  lr: learningRate(0.001),
  beta1: real({
    default: 0.9,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.8, 0.99],
    title: "β₁",
    description: "Memory of the mean gradient. Rarely worth moving.",
  }),
  beta2: real({
    default: 0.999,
    min: 0,
    below: 1,
    step: 0.001,
    search: [0.9, 0.9999],
    title: "β₂",
    description: "Memory of the squared gradient. Lower it when the loss jumps after a quiet stretch.",
  }),
  epsilon: real({
    default: 1e-8,
    above: 0,
    max: 1,
    scale: "log",
    search: [1e-10, 1e-4],
    title: "ε",
    description: "Keeps the division finite; larger makes Adam behave more like momentum.",
  }),
});

export const adam = {
  summary: "Every parameter gets its own step length from the mean and the spread of its gradients.",
  source: "Kingma & Ba 2015, arXiv:1412.6980, algorithm 1",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config }) => {
    const { beta1, beta2, epsilon } = config;
    const m = add(mul(tensorOf(slots, "m"), beta1), mul(gradient, 1 - beta1));
    const v = add(mul(tensorOf(slots, "v"), beta2), mul(mul(gradient, gradient), 1 - beta2));
    // η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), with √(1 − β₂ᵗ) moved to the scalars.
    const spreadCorrection = sqrt(biasCorrection(step, beta2));
    const rateNow = div(mul(rate, spreadCorrection), biasCorrection(step, beta1));
    const spread = add(sqrt(v), mul(spreadCorrection, epsilon));
    return { parameter: sub(parameter, div(mul(m, rateNow), spread)), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.Adam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
