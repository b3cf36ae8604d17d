/** AMSGrad (Reddi, Kale & Kumar 2018, algorithm 2), in PyTorch's form: Adam with the maximum of v so far, v̂ ← max(v̂, v), instead of v. */
import { z } from "zod";
import { max, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { averages, correctedStep } from "./adamSteps.ts";
import { beta1Field, beta2Field, epsilonField, learningRate } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({ type: z.literal("amsgrad"), lr: learningRate(0.001), beta1: beta1Field(), beta2: beta2Field(), epsilon: epsilonField() });

export const amsgrad = {
  title: { en: "AMSGrad", ko: "AMSGrad" },
  summary: {
    en: "Adam whose step lengths never grow again, so that rare large gradients are not forgotten.",
    ko: "스텝 길이가 다시 커지지 않는 Adam입니다. 드물게 큰 기울기를 잊지 않습니다.",
  },
  source: "Reddi, Kale & Kumar 2018, arXiv:1904.09237, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }, { name: "largest" }],
  update: ({ parameter, gradient, slots, learningRate: rate, step, config }) => {
    const { m, v } = averages(gradient, slots, config.beta1, config.beta2);
    const largest = max(tensorOf(slots, "largest"), v);
    return { parameter: sub(parameter, correctedStep(m, largest, rate, step, config)), slots: { m, v, largest } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-6 }],
  torch: ({ lr, beta1, beta2, epsilon }) => ({
    make: `lambda groups: torch.optim.Adam(groups, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon}, amsgrad=True)`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
