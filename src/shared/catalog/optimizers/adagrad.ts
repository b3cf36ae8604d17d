/** Adagrad (Duchi, Hazan & Singer 2011, figure 1, diagonal form): s ← s + g²; θ ← θ − η g / (√s + ε). */
import { z } from "zod";
import { add, div, mul, sqrt, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("adagrad"), lr: learningRate(0.01), epsilon: epsilonField(1e-10) });

export const adagrad = {
  title: { en: "Adagrad", ko: "Adagrad" },
  summary: {
    en: "The step length of a parameter shrinks with the sum of its squared gradients: parameters of rare features keep long steps.",
    ko: "매개변수의 스텝 길이가 제곱 기울기의 합에 따라 줄어듭니다. 드문 특성의 매개변수는 긴 스텝을 유지합니다.",
  },
  source: "Duchi, Hazan & Singer 2011, figure 1",
  schema,
  slots: () => [{ name: "sum" }],
  update: ({ parameter, gradient, slots, learningRate: rate, config }) => {
    const sum = add(tensorOf(slots, "sum"), mul(gradient, gradient));
    return { parameter: sub(parameter, div(mul(gradient, rate), add(sqrt(sum), config.epsilon))), slots: { sum } };
  },
  samples: [{}, { lr: 0.1, epsilon: 1e-3 }],
  torch: ({ lr, epsilon }) => ({ make: `lambda groups: torch.optim.Adagrad(groups, lr=${lr}, eps=${epsilon})`, builtIn: true }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
