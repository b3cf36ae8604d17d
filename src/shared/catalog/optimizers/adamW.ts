/** AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2): θ ← θ (1 − η λ) and then Adam's step, which knows nothing of the decay. */
import { z } from "zod";
import { sub } from "../../graph/functions.ts";
import { averages, correctedStep, decayedGroups, decayedParameter } from "./adamSteps.ts";
import { beta1Field, beta2Field, epsilonField, learningRate, weightDecayField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("adamW"),
  lr: learningRate(0.001),
  beta1: beta1Field(),
  beta2: beta2Field(),
  epsilon: epsilonField(),
  weightDecay: weightDecayField(0.01),
});

export const adamW = {
  summary: "Adam with weight decay beside the gradient step: all weights shrink alike, whatever their gradients.",
  source: "Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  decays: ({ weightDecay }) => weightDecay > 0,
  update: ({ parameter, gradient, slots, learningRate: rate, step, config, decayed }) => {
    const { m, v } = averages(gradient, slots, config.beta1, config.beta2);
    const shrunk = decayedParameter(parameter, rate, config.weightDecay, decayed);
    return { parameter: sub(shrunk, correctedStep(m, v, rate, step, config)), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1 }],
  torch: ({ lr, beta1, beta2, epsilon, weightDecay }) => ({
    make: `lambda groups: torch.optim.AdamW(${decayedGroups(weightDecay)}, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
