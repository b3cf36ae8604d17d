/** Stochastic gradient descent: θ ← θ − η g. */
import { z } from "zod";
import { mul, sub } from "../../graph/functions.ts";
import { learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("sgd"), lr: learningRate(0.1) });

export const sgd = {
  title: { en: "Gradient descent (SGD)", ko: "경사 하강법(SGD)" },
  summary: { en: "A step straight against the gradient of the batch.", ko: "배치의 기울기 반대 방향으로 곧장 가는 스텝입니다." },
  source: "Robbins & Monro 1951; Goodfellow, Bengio & Courville 2016, algorithm 8.1",
  schema,
  slots: () => [],
  update: ({ parameter, gradient, learningRate: rate }) => ({ parameter: sub(parameter, mul(gradient, rate)), slots: {} }),
  samples: [{}, { lr: 0.02 }],
  torch: ({ lr }) => ({ make: `lambda groups: torch.optim.SGD(groups, lr=${lr})`, builtIn: true }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
