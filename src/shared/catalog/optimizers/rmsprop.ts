/**
 * RMSprop (Tieleman & Hinton 2012, lecture 6.5), in PyTorch's form: s ← α s + (1 − α) g²; if centred, m ← α m + (1 − α) g and s − m² instead of s
 * (Graves 2013, arXiv:1308.0850, equations 38 to 45); v ← μ v + g / (√s + ε); θ ← θ − η v.
 * If constant gradients and rounding make s − m² negative, zero is used instead; PyTorch's root is NaN then.
 */
import { z } from "zod";
import { add, div, max, mul, sqrt, sub } from "../../graph/functions.ts";
import { flag, real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { epsilonField, learningRate, momentumField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("rmsprop"),
  lr: learningRate(0.001),
  alpha: real({
    default: 0.99,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.9, 0.999],
    title: { en: "α", ko: "α" },
    description: {
      en: "Memory of the squared gradient. Lower it when the loss jumps after a quiet stretch.",
      ko: "제곱 기울기의 기억. 잔잔하다가 손실이 튀면 낮추세요.",
    },
  }),
  epsilon: epsilonField(1e-8),
  momentum: momentumField(0, {
    en: "Fraction of the previous step that is kept; 0 is plain RMSprop. Raise it on noisy batches.",
    ko: "이전 스텝에서 남기는 비율. 0이면 보통의 RMSprop입니다. 배치에 잡음이 많으면 올리세요.",
  }),
  centred: flag({
    default: false,
    title: { en: "Centred", ko: "중심화" },
    description: {
      en: "Divides by the standard deviation of the gradient instead of its size. Turn it on where gradients keep their sign for long.",
      ko: "기울기의 크기 대신 표준편차로 나눕니다. 기울기의 부호가 오래 그대로이면 켜세요.",
    },
  }),
});

export const rmsprop = {
  title: { en: "RMSprop", ko: "RMSprop" },
  summary: {
    en: "Every parameter's gradient is divided by its recent size, so that all move at a similar pace.",
    ko: "매개변수마다 기울기를 최근 크기로 나눕니다. 모두 비슷한 속도로 움직입니다.",
  },
  source: "Tieleman & Hinton 2012, lecture 6.5; centred: Graves 2013, arXiv:1308.0850, equations 38 to 45",
  schema,
  slots: ({ momentum, centred }) => [{ name: "squares" }, ...(centred ? [{ name: "mean" }] : []), ...(momentum > 0 ? [{ name: "v" }] : [])],
  update: ({ parameter, gradient, slots, learningRate: rate, config: { alpha, epsilon, momentum, centred } }) => {
    const squares = add(mul(tensorOf(slots, "squares"), alpha), mul(mul(gradient, gradient), 1 - alpha));
    const mean = centred ? add(mul(tensorOf(slots, "mean"), alpha), mul(gradient, 1 - alpha)) : null;
    const spread = mean === null ? squares : max(sub(squares, mul(mean, mean)), 0);
    const step = div(gradient, add(sqrt(spread), epsilon));
    const v = momentum > 0 ? add(mul(tensorOf(slots, "v"), momentum), step) : null;
    return { parameter: sub(parameter, mul(v ?? step, rate)), slots: { squares, ...(mean === null ? {} : { mean }), ...(v === null ? {} : { v }) } };
  },
  samples: [{}, { lr: 0.002, alpha: 0.9, epsilon: 1e-3, momentum: 0.5 }, { centred: true, epsilon: 1e-2 }],
  torch: ({ lr, alpha, epsilon, momentum, centred }) => ({
    make: `lambda groups: torch.optim.RMSprop(groups, lr=${lr}, alpha=${alpha}, eps=${epsilon}, momentum=${momentum}, centered=${centred ? "True" : "False"})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
