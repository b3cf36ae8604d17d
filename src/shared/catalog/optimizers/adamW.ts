/** AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2): θ ← θ (1 − η λ), followed by an Adam step without decay. */
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
  title: { en: "AdamW", ko: "AdamW" },
  summary: {
    en: "Adam with weight decay apart from the gradient step: all weights shrink by the same fraction, whatever their gradients.",
    ko: "가중치 감쇠를 기울기 스텝과 따로 하는 Adam입니다. 기울기와 관계없이 모든 가중치가 같은 비율로 줄어듭니다.",
  },
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
