/**
 * LAMB (You et al. 2020, arXiv:1904.00962, algorithm 2): Adam's corrected direction r = m̂ / (√v̂ + ε) + λ θ, scaled for each tensor to the norm of
 * the tensor: θ ← θ − η ‖θ‖ / ‖r‖ · r; the step is η r if either norm is zero.
 */
import { z } from "zod";
import { add, and, div, greater, max, mul, reduceSum, sqrt, sub, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { averages, correctedStep, decayedGroups } from "./adamSteps.ts";
import { beta1Field, beta2Field, epsilonField, learningRate, weightDecayField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("lamb"),
  lr: learningRate(0.002),
  beta1: beta1Field(),
  beta2: beta2Field(),
  epsilon: epsilonField(1e-6),
  weightDecay: weightDecayField(0.01),
});

const LAMB = `class Lamb(torch.optim.Optimizer):
    """You et al. 2020, arXiv:1904.00962, algorithm 2."""

    def __init__(self, groups, lr, betas, eps, weight_decay=0.0):
        super().__init__(groups, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for parameter in group["params"]:
                state = self.state[parameter]
                state["step"] = state.get("step", 0) + 1
                mean = state.setdefault("mean", torch.zeros_like(parameter))
                square = state.setdefault("square", torch.zeros_like(parameter))
                mean.mul_(first).add_((1 - first) * parameter.grad)
                square.mul_(second).add_((1 - second) * parameter.grad**2)
                corrected = mean / (1 - first ** state["step"])
                spread = (square / (1 - second ** state["step"])).sqrt() + group["eps"]
                direction = corrected / spread + group["weight_decay"] * parameter
                length, norm = parameter.norm(), direction.norm()
                trust = length / norm if length > 0 and norm > 0 else 1.0
                parameter.sub_(group["lr"] * trust * direction)
`;

/** Euclidean norm as a scalar. */
function norm(value: Value): Value {
  return sqrt(
    reduceSum(
      mul(value, value),
      value.shape.map((_, axis) => axis),
    ),
  );
}

export const lamb = {
  title: { en: "LAMB", ko: "LAMB" },
  summary: {
    en: "Adam with steps scaled to the size of each layer's weights: made for very large batches.",
    ko: "스텝을 층마다 가중치 크기에 맞추는 Adam입니다. 아주 큰 배치를 위한 것입니다.",
  },
  source: "You et al. 2020, arXiv:1904.00962, algorithm 2",
  schema,
  slots: () => [{ name: "m" }, { name: "v" }],
  perTensor: true,
  decays: ({ weightDecay }) => weightDecay > 0,
  update: ({ parameter, gradient, slots, learningRate: rate, step, config, decayed }) => {
    const { m, v } = averages(gradient, slots, config.beta1, config.beta2);
    const one = step.builder.innermost.scalar(1);
    const adaptive = correctedStep(m, v, one, step, config);
    const direction = decayed && config.weightDecay > 0 ? add(adaptive, mul(parameter, config.weightDecay)) : adaptive;
    const [length, size] = [norm(parameter), norm(direction)];
    const trust = where(and(greater(length, 0), greater(size, 0)), div(length, max(size, 1e-30)), 1);
    return { parameter: sub(parameter, mul(direction, mul(rate, trust))), slots: { m, v } };
  },
  samples: [{}, { lr: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-4, weightDecay: 0.1 }],
  torch: ({ lr, beta1, beta2, epsilon, weightDecay }) => ({
    make: `lambda groups: Lamb(${decayedGroups(weightDecay)}, lr=${lr}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
    definitions: [LAMB],
    builtIn: false,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
