/** Focal loss over the softmax p of logits: mean over n of −w_t (1 − p_t)^γ log p_t (Lin et al. 2017, arXiv:1708.02002, equation 5). */
import { z } from "zod";
import { exp, logSoftmax, max, mul, neg, pow, reduceMean, reduceSum, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import { oneHot } from "../common/tensors.ts";
import { classWeightsField, oneClassMisfits, pythonList, weightMisfits, weightOfEach, weightsOf } from "./classes.ts";
import type { LossDefinition } from "./loss.ts";

/** Keeps the derivative of the power finite if the network is certain. */
const LEAST = 1e-7;

const schema = z.strictObject({
  type: z.literal("focal"),
  gamma: real({
    default: 2,
    min: 0,
    max: 10,
    step: 0.5,
    search: [0.5, 5],
    title: { en: "γ", ko: "γ" },
    description: {
      en: "How strongly samples that are already right are down-weighted; 0 is cross-entropy. Raise it where easy samples outweigh the hard ones.",
      ko: "이미 맞힌 표본의 비중을 얼마나 줄이는지. 0이면 교차 엔트로피입니다. 쉬운 표본이 어려운 표본을 압도하면 올리세요.",
    },
  }),
  classWeights: classWeightsField,
});

export const focal = {
  title: { en: "Focal loss", ko: "초점 손실" },
  summary: {
    en: "Cross-entropy that down-weights samples that are already right, so that hard samples decide.",
    ko: "이미 맞힌 표본의 비중을 줄여 어려운 표본이 결정하게 하는 교차 엔트로피입니다.",
  },
  source: "Lin et al. 2017, arXiv:1708.02002, equation 5",
  task: "classification",
  activation: "softmax",
  schema,
  width: (classes) => classes,
  unit: ({ gamma, classWeights }) => (gamma === 0 && classWeights === "none" ? "nats" : "weightedNats"),
  misfits: (config, classes) => [...oneClassMisfits(classes, say`a softmax`), ...weightMisfits(config.classWeights, classes)],
  forward: ({ output, target, config, classes, classCounts }) => {
    const chosen = oneHot(target, at(staticShape(output.shape), 1));
    const logs = reduceSum(mul(logSoftmax(output, -1), chosen), [1]);
    const wrong = max(sub(output.builder.innermost.scalar(1), exp(logs)), LEAST);
    const each = config.gamma === 0 ? neg(logs) : mul(neg(logs), pow(wrong, config.gamma));
    const weights = weightsOf(config.classWeights, classes, classCounts);
    return reduceMean(weights === null ? each : mul(each, weightOfEach(weights, chosen)), [0]);
  },
  samples: [
    { config: {}, classes: 3 },
    { config: { gamma: 0.5, classWeights: "balanced" }, classes: 4 },
    { config: { gamma: 0, classWeights: [1, 3] }, classes: 2 },
  ],
  torch: ({ gamma, classWeights }, classes, counts) => {
    const weights = weightsOf(classWeights, classes, counts);
    return {
      make: `lambda output, target: focal_loss(output, target, ${gamma}, ${weights === null ? "None" : pythonList(weights)})`,
      definitions: [
        `def focal_loss(output, target, gamma, weights):
    """Lin et al. 2017, equation 5, over a softmax."""
    log = -F.cross_entropy(output, target, reduction="none")
    each = -log * (1 - log.exp()).clamp(min=${LEAST}) ** gamma
    if weights is not None:
        each = each * torch.tensor(weights, dtype=output.dtype)[target]
    return each.mean()`,
      ],
    };
  },
} satisfies LossDefinition<z.output<typeof schema>>;
