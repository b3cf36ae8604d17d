/**
 * Sharpness-aware minimization (Foret et al. 2021, arXiv:2010.01412, equations 2 and 3, algorithm 1): the gradient is computed where the loss is
 * approximately highest nearby, at θ + ρ g / ‖g‖ with the norm over all parameters, and applied to θ by SGD with momentum.
 */
import { z } from "zod";
import { add, div, mul, sub } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { learningRate, momentumField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

/** Keeps the division finite if the gradient is zero. */
const LEAST = 1e-12;

const schema = z.strictObject({
  type: z.literal("sam"),
  lr: learningRate(0.05),
  momentum: momentumField(0.9),
  rho: real({
    default: 0.05,
    above: 0,
    max: 10,
    scale: "log",
    search: [0.01, 0.5],
    title: { en: "ρ", ko: "ρ" },
    description: {
      en: "How far away the worst point is searched. Larger values look for flatter minima; 0.05 to 0.2 for small images.",
      ko: "가장 나쁜 점을 찾는 거리. 크면 더 평평한 최솟값을 찾습니다. 작은 이미지에는 0.05~0.2.",
    },
  }),
});

const SAM = `class Sam(torch.optim.SGD):
    """Foret et al. 2021, arXiv:2010.01412, algorithm 1, over SGD with momentum: perturb(), the gradient again, restore(), step()."""

    def __init__(self, groups, lr, momentum, rho):
        super().__init__(groups, lr=lr, momentum=momentum)
        self.rho = rho

    @torch.no_grad()
    def perturb(self):
        """From a gradient to the point at which the step's gradient is taken."""
        self.points = [(parameter, parameter.clone()) for group in self.param_groups for parameter in group["params"]]
        norm = torch.stack([parameter.grad.norm() for parameter, _ in self.points]).norm()
        for parameter, _ in self.points:
            parameter.add_(self.rho / (norm + ${LEAST}) * parameter.grad)

    @torch.no_grad()
    def restore(self):
        for parameter, point in self.points:
            parameter.copy_(point)
`;

export const sam = {
  title: { en: "SAM", ko: "SAM" },
  summary: {
    en: "Uses the gradient at the worst point nearby, which leads to flat minima; two passes per step.",
    ko: "가까이에서 가장 나쁜 점의 기울기를 써서 평평한 최솟값으로 갑니다. 스텝마다 두 번 계산합니다.",
  },
  source: "Foret et al. 2021, arXiv:2010.01412, equations 2 and 3, algorithm 1",
  schema,
  slots: () => [{ name: "v" }],
  perturb: ({ parameter, gradient, gradientNorm, config }) =>
    add(parameter, mul(gradient, div(gradientNorm.builder.innermost.scalar(config.rho), add(gradientNorm, LEAST)))),
  update: ({ parameter, gradient, slots, learningRate: rate, config }) => {
    const v = add(mul(tensorOf(slots, "v"), config.momentum), gradient);
    return { parameter: sub(parameter, mul(v, rate)), slots: { v } };
  },
  samples: [{}, { lr: 0.01, momentum: 0.5, rho: 0.2 }],
  torch: ({ lr, momentum, rho }) => ({ make: `lambda groups: Sam(groups, lr=${lr}, momentum=${momentum}, rho=${rho})`, definitions: [SAM], builtIn: false }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
