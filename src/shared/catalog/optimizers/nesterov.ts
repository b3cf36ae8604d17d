/**
 * Nesterov's accelerated gradient in PyTorch's form: v ← μ v + g; θ ← θ − η (g + μ v). These are equations 3 and 4 of Sutskever et al. 2013, with
 * the parameters at the look-ahead point (Bengio et al. 2013, arXiv:1212.0901, equation 7).
 */
import { z } from "zod";
import { add, mul, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { learningRate, momentumField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("nesterov"), lr: learningRate(0.05), momentum: momentumField(0.9) });

export const nesterov = {
  title: { en: "Nesterov momentum", ko: "네스테로프 모멘텀" },
  summary: {
    en: "Momentum that looks ahead: it brakes before the slope turns, not after.",
    ko: "앞을 내다보는 모멘텀입니다. 경사가 바뀌기 전에 속도를 줄입니다.",
  },
  source: "Nesterov 1983; Sutskever et al. 2013, equations 3 and 4",
  schema,
  slots: () => [{ name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, config }) => {
    const v = add(mul(tensorOf(slots, "v"), config.momentum), gradient);
    return { parameter: sub(parameter, mul(add(gradient, mul(v, config.momentum)), rate)), slots: { v } };
  },
  samples: [{}, { lr: 0.01, momentum: 0.5 }],
  torch: ({ lr, momentum }) => ({
    make: `lambda groups: torch.optim.SGD(groups, lr=${lr}, momentum=${momentum}, nesterov=${momentum > 0 ? "True" : "False"})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
