/**
 * Softmax cross-entropy of logits z [N, C] with classes t [N]: mean over n of −Σ_c w_c q_nc log softmax(z_n)_c. The target q is one-hot; with label
 * smoothing ε it is (1 − ε) times that plus ε/C (Szegedy et al. 2016, arXiv:1512.00567, section 7; in PyTorch's form). Each class term has its own
 * weight, so the smoothed part is not weighted by the sample's class.
 */
import { z } from "zod";
import { add, logSoftmax, mul, reduceMean, reduceSum } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import { oneHot } from "../common/tensors.ts";
import { classWeightsField, oneClassMisfits, pythonList, weightMisfits, weightsOf } from "./classes.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({
  type: z.literal("softmaxCrossEntropy"),
  labelSmoothing: real({
    default: 0,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0, 0.2],
    title: { en: "Label smoothing", ko: "라벨 스무딩" },
    description: {
      en: "Fraction of the target that is spread evenly over all classes, so that the network is not pushed toward certainty. 0.1 often helps; use it where labels may be wrong or probabilities are overconfident. With class weights, the fraction of each class counts by that class's own weight, as in PyTorch.",
      ko: "모든 클래스에 고르게 나누는 목표값의 비율. 신경망이 확신으로 몰리지 않게 합니다. 0.1이 자주 도움이 됩니다. 라벨이 틀릴 수 있거나 확률이 지나치게 확신에 차면 쓰세요. 클래스 가중치가 있으면 PyTorch처럼 클래스마다의 몫을 그 클래스의 가중치로 셉니다.",
    },
  }),
  classWeights: classWeightsField,
});

export const softmaxCrossEntropy = {
  title: { en: "Softmax cross-entropy", ko: "소프트맥스 교차 엔트로피" },
  summary: {
    en: "For classes: how unlikely the network considers the right answer, in nats.",
    ko: "클래스를 나눌 때 씁니다. 신경망이 정답을 얼마나 뜻밖으로 여기는지를 냇(nat)으로 나타냅니다.",
  },
  source: "Bridle 1990; Goodfellow, Bengio & Courville 2016, section 6.2.2.3",
  task: "classification",
  activation: "softmax",
  schema,
  width: (classes) => classes,
  unit: ({ classWeights }) => (classWeights === "none" ? "nats" : "weightedNats"),
  misfits: (config, classes) => [...oneClassMisfits(classes, say`a softmax`), ...weightMisfits(config.classWeights, classes)],
  forward: ({ output, target, config, classes, classCounts }) => {
    const shape = staticShape(output.shape);
    const weights = weightsOf(config.classWeights, classes, classCounts);
    const { labelSmoothing } = config;
    const logs = logSoftmax(output, -1);
    const chosen = oneHot(target, at(shape, 1));
    if (weights === null && labelSmoothing === 0) return mul(reduceSum(mul(logs, chosen), [0, 1]), -1 / at(shape, 0));
    const scale = weights === null ? null : chosen.builder.innermost.constant(weights, [1, weights.length], "float32", `weights/${weights.length}`);
    // As in PyTorch, the smoothed part of the target is also weighted per class.
    const weighted = scale === null ? logs : mul(logs, scale);
    const hard = reduceSum(mul(weighted, chosen), [1]);
    const each = labelSmoothing === 0 ? hard : add(mul(hard, 1 - labelSmoothing), mul(reduceMean(weighted, [1]), labelSmoothing));
    return mul(reduceMean(each, [0]), -1);
  },
  samples: [
    { config: {}, classes: 4 },
    { config: { labelSmoothing: 0.1 }, classes: 3 },
    { config: { classWeights: "balanced" }, classes: 3 },
    { config: { labelSmoothing: 0.2, classWeights: [0.5, 2, 1] }, classes: 3 },
  ],
  torch: ({ labelSmoothing, classWeights }, classes, counts) => {
    const weights = weightsOf(classWeights, classes, counts);
    const weight = weights === null ? "" : `, weight=torch.tensor(${pythonList(weights)}, dtype=output.dtype)`;
    return {
      make: `lambda output, target: F.cross_entropy(output, target${weight}, label_smoothing=${labelSmoothing}, reduction="none").mean()`,
    };
  },
} satisfies LossDefinition<z.output<typeof schema>>;
