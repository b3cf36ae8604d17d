/**
 * NAdam (Dozat 2016, algorithm 2 with the momentum schedule of its section 4), in PyTorch's form: μ_t = β₁ (1 − 0.5 · 0.96^(t ψ)),
 * θ ← θ − η [ (1 − μ_t) g / (1 − Π_{i≤t} μ_i) + μ_{t+1} m / (1 − Π_{i≤t+1} μ_i) ] / (√v̂ + ε).
 * PyTorch 1.13 computes this with `foreach`; without it, μ_t appears twice in the second product, a bug that later versions fixed.
 */
import { z } from "zod";
import { add, div, exp, mul, sqrt, sub } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { averages } from "./adamSteps.ts";
import { biasCorrection } from "./biasCorrection.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("nadam"),
  lr: learningRate(0.002),
  beta1: beta1Field(),
  beta2: beta2Field(),
  epsilon: epsilonField(),
  momentumDecay: real({
    default: 0.004,
    min: 0,
    max: 1,
    step: 0.001,
    search: [0.001, 0.02],
    title: { en: "ψ", ko: "ψ" },
    description: {
      en: "How quickly the momentum rises from half of β₁ to all of it. Lower it to keep the momentum small for longer.",
      ko: "모멘텀이 β₁의 절반에서 전체까지 얼마나 빨리 오르는지. 낮추면 모멘텀이 더 오래 작게 유지됩니다.",
    },
  }),
});

/** β₁ (1 − 0.5 · 0.96^(t ψ)) */
function momentumAt(step: Value, beta1: number, momentumDecay: number): Value {
  return add(mul(exp(mul(step, momentumDecay * Math.log(0.96))), -0.5 * beta1), beta1);
}

export const nadam = {
  title: { en: "NAdam", ko: "NAdam" },
  summary: {
    en: "Adam with Nesterov's look-ahead, and a momentum that grows during the run.",
    ko: "네스테로프의 앞보기를 쓰고 모멘텀이 실행 중에 커지는 Adam입니다.",
  },
  source: "Dozat 2016, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }, { name: "product", shape: "scalar", initial: 1 }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config: { beta1, beta2, epsilon, momentumDecay } }) => {
    const { m, v } = averages(gradient, slots, beta1, beta2);
    const [now, next] = [momentumAt(step, beta1, momentumDecay), momentumAt(add(step, 1), beta1, momentumDecay)];
    const product = mul(tensorOf(slots, "product"), now);
    const one = step.builder.innermost.scalar(1);
    const ofGradient = div(mul(rate, sub(one, now)), sub(one, product));
    const ofMean = div(mul(rate, next), sub(one, mul(product, next)));
    const correction = sqrt(biasCorrection(step, beta2));
    const spread = add(div(sqrt(v), correction), epsilon);
    return { parameter: sub(parameter, div(add(mul(gradient, ofGradient), mul(m, ofMean)), spread)), slots: { m, v, product } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, momentumDecay: 0.02 }],
  torch: ({ lr, beta1, beta2, epsilon, momentumDecay }) => ({
    make: `lambda groups: torch.optim.NAdam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon}, momentum_decay=${momentumDecay}, foreach=True)`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
