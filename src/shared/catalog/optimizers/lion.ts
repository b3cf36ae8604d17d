/** Lion (Chen et al. 2023, arXiv:2302.06675, algorithm 2): u = sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g; θ ← θ − η (u + λ θ). */
import { z } from "zod";
import { add, mul, sign, sub } from "../../graph/functions.ts";
import { tensorOf } from "../common/tensors.ts";
import { decayedGroups, decayedParameter } from "./adamSteps.ts";
import { beta1Field, beta2Field, learningRate, weightDecayField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("lion"),
  lr: learningRate(1e-4),
  beta1: beta1Field(0.9),
  beta2: beta2Field(0.99),
  weightDecay: weightDecayField(0.01),
});

const LION = `class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, arXiv:2302.06675, algorithm 2."""

    def __init__(self, groups, lr, betas, weight_decay=0.0):
        super().__init__(groups, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for parameter in group["params"]:
                mean = self.state[parameter].setdefault("mean", torch.zeros_like(parameter))
                direction = (first * mean + (1 - first) * parameter.grad).sign()
                parameter.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * direction)
                mean.mul_(second).add_((1 - second) * parameter.grad)
`;

export const lion = {
  title: { en: "Lion", ko: "Lion" },
  summary: {
    en: "Uses only the sign of the mean gradient: every weight moves by the learning rate. Use a tenth of Adam's rate.",
    ko: "기울기 평균의 부호만 씁니다. 모든 가중치가 학습률만큼 움직입니다. Adam 학습률의 10분의 1을 쓰세요.",
  },
  source: "Chen et al. 2023, arXiv:2302.06675, algorithm 2",
  schema,
  slots: () => [{ name: "m" }],
  decays: ({ weightDecay }) => weightDecay > 0,
  update: ({ parameter, gradient, slots, learningRate: rate, config: { beta1, beta2, weightDecay }, decayed }) => {
    const before = tensorOf(slots, "m");
    const direction = sign(add(mul(before, beta1), mul(gradient, 1 - beta1)));
    const shrunk = decayedParameter(parameter, rate, weightDecay, decayed);
    return { parameter: sub(shrunk, mul(direction, rate)), slots: { m: add(mul(before, beta2), mul(gradient, 1 - beta2)) } };
  },
  samples: [{}, { lr: 0.0005, beta1: 0.8, beta2: 0.95, weightDecay: 0.1 }],
  torch: ({ lr, beta1, beta2, weightDecay }) => ({
    make: `lambda groups: Lion(${decayedGroups(weightDecay)}, lr=${lr}, betas=(${beta1}, ${beta2}))`,
    definitions: [LION],
    builtIn: false,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
