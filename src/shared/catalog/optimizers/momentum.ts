/** SGD with momentum in PyTorch's form: v ← μ v + g; θ ← θ − η v (Sutskever et al. 2013, with η outside the velocity). */
import { z } from "zod";
import { add, mul, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { learningRate, momentumField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("momentum"), lr: learningRate(0.05), momentum: momentumField(0.9) });

export const momentum = {
  title: { en: "Momentum", ko: "모멘텀" },
  summary: { en: "Gradients accumulate into a velocity that carries over small bumps.", ko: "기울기가 쌓여 속도가 되고, 작은 굴곡을 넘어갑니다." },
  source: "Polyak 1964; Sutskever et al. 2013, equations 1 and 2",
  schema,
  slots: () => [{ name: "v" }],
  update: ({ parameter, gradient, slots, learningRate: rate, config }) => {
    const v = add(mul(tensorOf(slots, "v"), config.momentum), gradient);
    return { parameter: sub(parameter, mul(v, rate)), slots: { v } };
  },
  samples: [{}, { lr: 0.01, momentum: 0.5 }],
  torch: ({ lr, momentum: mu }) => ({ make: `lambda groups: torch.optim.SGD(groups, lr=${lr}, momentum=${mu})`, builtIn: true }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
