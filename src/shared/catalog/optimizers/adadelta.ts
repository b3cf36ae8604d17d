/**
 * Adadelta (Zeiler 2012, arXiv:1212.5701, algorithm 1): s ← ρ s + (1 − ρ) g²; d = √(u + ε) / √(s + ε) · g; u ← ρ u + (1 − ρ) d²; θ ← θ − η d.
 * The paper's η is 1.
 */
import { z } from "zod";
import { add, div, mul, sqrt, sub } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("adadelta"),
  lr: learningRate(1),
  rho: real({
    default: 0.9,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.8, 0.99],
    title: { en: "ρ", ko: "ρ" },
    description: { en: "Memory of squared gradients and steps. Raise it for steadier steps.", ko: "제곱 기울기와 스텝의 기억. 스텝을 안정시키려면 올리세요." },
  }),
  epsilon: epsilonField(1e-6),
});

export const adadelta = {
  title: { en: "Adadelta", ko: "Adadelta" },
  summary: {
    en: "Step lengths from the ratio of past steps to past gradients: it needs no learning rate to start with.",
    ko: "지난 스텝과 지난 기울기의 비로 스텝 길이를 정합니다. 처음 학습률을 고를 필요가 없습니다.",
  },
  source: "Zeiler 2012, arXiv:1212.5701, algorithm 1",
  schema,
  slots: () => [{ name: "squares" }, { name: "steps" }],
  update: ({ parameter, gradient, slots, learningRate: rate, config: { rho, epsilon } }) => {
    const squares = add(mul(tensorOf(slots, "squares"), rho), mul(mul(gradient, gradient), 1 - rho));
    const before = tensorOf(slots, "steps");
    const step = mul(div(sqrt(add(before, epsilon)), sqrt(add(squares, epsilon))), gradient);
    return { parameter: sub(parameter, mul(step, rate)), slots: { squares, steps: add(mul(before, rho), mul(mul(step, step), 1 - rho)) } };
  },
  samples: [{}, { lr: 0.5, rho: 0.8, epsilon: 1e-4 }],
  torch: ({ lr, rho, epsilon }) => ({ make: `lambda groups: torch.optim.Adadelta(groups, lr=${lr}, rho=${rho}, eps=${epsilon})`, builtIn: true }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
