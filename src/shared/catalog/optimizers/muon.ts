/**
 * Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/). The momentum of a matrix, m ← μ m + g, is approximately orthogonalized by
 * five steps of a Newton–Schulz iteration, X ← a X + (b A + c A²) X with A = X Xᵀ, and the result is the direction: θ ← θ (1 − η λ) − η √max(1,
 * outputs/inputs) X. With Nesterov, the iteration starts from g + μ m.
 *
 * A kernel is treated as a matrix [filters, inputs per filter], as in the authors' code, including transposed and grouped convolutions. All other
 * parameters (embeddings, biases, normalizations) are updated by AdamW with η times a ratio. The authors also use AdamW for the last layer; here it
 * is treated like any other matrix.
 */
import { z } from "zod";
import { add, div, matMul, mul, reduceSum, sqrt, sub, transpose } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { matrixView, UNITS_IN_TORCH } from "../common/units.ts";
import { averages, correctedStep, decayedGroups, decayedParameter } from "./adamSteps.ts";
import { learningRate, momentumField, nesterovField, weightDecayField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

/** Coefficients of the quintic iteration, chosen for a steep start. */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ITERATIONS = 5;
const LEAST = 1e-7;
/** Adam's settings for all other parameters, as in the authors' code. */
const VECTORS = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 };

const schema = z.strictObject({
  type: z.literal("muon"),
  lr: learningRate(0.02),
  momentum: momentumField(0.95),
  nesterov: nesterovField(),
  weightDecay: weightDecayField(0.01),
  vectorRatio: real({
    default: 0.1,
    above: 0,
    max: 10,
    scale: "log",
    search: [0.01, 1],
    title: { en: "Ratio for vectors", ko: "벡터의 비율" },
    description: {
      en: "Learning rate of embeddings, biases and normalizations, which Adam updates, divided by that of the matrices. Lower it where the start is unstable.",
      ko: "Adam이 갱신하는 임베딩, 편향, 정규화의 학습률을 행렬의 학습률로 나눈 값. 처음이 불안정하면 낮추세요.",
    },
  }),
});

const MUON = `class Muon(torch.optim.Optimizer):
    """Jordan et al. 2024; matrices by orthogonalized momentum, vectors by Adam."""

    def __init__(self, groups, lr, momentum, nesterov, vector_ratio, weight_decay=0.0):
        super().__init__(groups, dict(lr=lr, momentum=momentum, nesterov=nesterov, vector_ratio=vector_ratio, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                (self.vector if group["matrix"] is None else self.matrix)(parameter, self.state[parameter], group)

    def matrix(self, parameter, state, group):
        mean = state.setdefault("mean", torch.zeros_like(parameter))
        mean.mul_(group["momentum"]).add_(parameter.grad)
        start = parameter.grad + group["momentum"] * mean if group["nesterov"] else mean
        x = rows_of(start, group["matrix"])
        wide = x.shape[0] <= x.shape[1]
        x = x if wide else x.T
        x = x / (x.norm() + ${LEAST})
        for _ in range(${ITERATIONS}):
            gram = x @ x.T
            x = ${A} * x + (${B} * gram + ${C} * gram @ gram) @ x
        x = x if wide else x.T
        scale = max(1.0, x.shape[0] / x.shape[1]) ** 0.5
        parameter.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * scale * tensor_of(x, group["matrix"], parameter.shape))

    def vector(self, parameter, state, group):
        state["step"] = state.get("step", 0) + 1
        mean = state.setdefault("mean", torch.zeros_like(parameter))
        square = state.setdefault("square", torch.zeros_like(parameter))
        mean.mul_(${VECTORS.beta1}).add_(${1 - VECTORS.beta1} * parameter.grad)
        square.mul_(${VECTORS.beta2}).add_(${1 - VECTORS.beta2} * parameter.grad**2)
        spread = (square / (1 - ${VECTORS.beta2} ** state["step"])).sqrt() + ${VECTORS.epsilon}
        rate = group["lr"] * group["vector_ratio"]
        parameter.mul_(1 - rate * group["weight_decay"]).sub_(rate / (1 - ${VECTORS.beta1} ** state["step"]) * mean / spread)
`;

/** The nearest orthogonal matrix, approximately. Transposing before or after gives the same result. @param x [rows, columns] */
function orthogonalized(x: Value): Value {
  const [rows, columns] = [at(staticShape(x.shape), 0), at(staticShape(x.shape), 1)];
  const wide = rows <= columns;
  const turned = wide ? x : transpose(x, [1, 0]);
  const norm = sqrt(reduceSum(mul(turned, turned), [0, 1]));
  let value = div(turned, add(norm, LEAST));
  for (let i = 0; i < ITERATIONS; i++) {
    const gram = matMul(value, transpose(value, [1, 0]));
    value = add(mul(value, A), matMul(add(mul(gram, B), mul(matMul(gram, gram), C)), value));
  }
  return wide ? value : transpose(value, [1, 0]);
}

export const muon = {
  title: { en: "Muon", ko: "Muon" },
  summary: {
    en: "Every matrix moves in all its directions equally: fewer steps for convolutions and dense layers.",
    ko: "행렬이 모든 방향으로 고르게 움직입니다. 합성곱과 밀집 층이 더 적은 스텝으로 학습합니다.",
  },
  source: "Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/",
  schema,
  slots: (_, matrix) => (matrix !== null ? [{ name: "momentum" }] : [{ name: "m" }, { name: "v" }]),
  perTensor: true,
  decays: ({ weightDecay }) => weightDecay > 0,
  update: ({ parameter, gradient, slots, learningRate: rate, step, config, decayed, matrix }) => {
    if (matrix === null) {
      const { m, v } = averages(gradient, slots, VECTORS.beta1, VECTORS.beta2);
      const slower = mul(rate, config.vectorRatio);
      const shrunk = decayedParameter(parameter, slower, config.weightDecay, decayed);
      return { parameter: sub(shrunk, correctedStep(m, v, slower, step, VECTORS)), slots: { m, v } };
    }
    const momentum = add(mul(tensorOf(slots, "momentum"), config.momentum), gradient);
    const view = matrixView(config.nesterov ? add(gradient, mul(momentum, config.momentum)) : momentum, matrix);
    const direction = view.restore(orthogonalized(view.matrix));
    const shrunk = decayedParameter(parameter, rate, config.weightDecay, decayed);
    return { parameter: sub(shrunk, mul(direction, mul(rate, Math.sqrt(Math.max(1, view.outputs / view.inputs))))), slots: { momentum } };
  },
  samples: [{}, { lr: 0.01, momentum: 0.8, nesterov: false, weightDecay: 0.1, vectorRatio: 0.5 }],
  torch: ({ lr, momentum, nesterov, weightDecay, vectorRatio }) => ({
    make: `lambda groups: Muon(${decayedGroups(weightDecay)}, lr=${lr}, momentum=${momentum}, nesterov=${nesterov ? "True" : "False"}, vector_ratio=${vectorRatio})`,
    definitions: [UNITS_IN_TORCH, MUON],
    builtIn: false,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
