/**
 * Sigmoid cross-entropy of logits z: for each output −[p t log σ(z) + (1 − t) log(1 − σ(z))], computed as p t · s(−z) + (1 − t) · s(z) with the
 * softplus s, which does not overflow. Two classes have one logit, for the second class; more classes have one logit each, against all others. Mean
 * over samples of the sum over outputs divided by their number.
 */
import { z } from "zod";
import { add, cast, mul, neg, reduceMean, reshape, softplus, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import { oneHot } from "../common/tensors.ts";
import { oneClassMisfits } from "./classes.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({
  type: z.literal("binaryCrossEntropy"),
  labelSmoothing: real({
    default: 0,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0, 0.2],
    title: { en: "Label smoothing", ko: "라벨 스무딩" },
    description: {
      en: "Moves the targets 0 and 1 toward one half by this fraction. Use a little where labels may be wrong or probabilities are overconfident.",
      ko: "목표값 0과 1을 이 비율만큼 2분의 1 쪽으로 옮깁니다. 라벨이 틀릴 수 있거나 확률이 지나치게 확신에 차면 조금 쓰세요.",
    },
  }),
  positiveWeight: real({
    default: 1,
    above: 0,
    max: 10_000,
    scale: "log",
    search: [0.1, 10],
    title: { en: "Positive weight", ko: "양성 가중치" },
    description: {
      en: "Weight of a positive relative to a negative. Raise it to miss fewer positives where they are rare, at the price of more false alarms.",
      ko: "음성에 대한 양성의 가중치. 양성이 드물 때 올리면 놓치는 양성이 줄지만 거짓 경보가 늘어납니다.",
    },
  }),
});

export const binaryCrossEntropy = {
  title: { en: "Binary cross-entropy", ko: "이진 교차 엔트로피" },
  summary: {
    en: "For yes or no: each class is scored separately, so that classes do not compete.",
    ko: "예/아니요 문제에 씁니다. 클래스마다 따로 점수를 매겨 서로 겨루지 않습니다.",
  },
  source: "Goodfellow, Bengio & Courville 2016, section 6.2.2.2",
  task: "classification",
  activation: "sigmoid",
  schema,
  width: (classes) => (classes === 2 ? 1 : classes),
  unit: ({ positiveWeight }) => (positiveWeight === 1 ? "nats" : "weightedNats"),
  misfits: (_, classes) => oneClassMisfits(classes, say`an answer`),
  forward: ({ output, target, config }) => {
    const [rows, width] = [at(staticShape(output.shape), 0), at(staticShape(output.shape), 1)];
    const wanted = width === 1 ? reshape(cast(target, "float32"), [rows, 1]) : oneHot(target, width);
    const { labelSmoothing, positiveWeight } = config;
    const smooth = labelSmoothing === 0 ? wanted : add(mul(wanted, 1 - labelSmoothing), labelSmoothing / 2);
    const yes = mul(smooth, softplus(neg(output)));
    const no = mul(sub(output.builder.innermost.scalar(1), smooth), softplus(output));
    return reduceMean(add(positiveWeight === 1 ? yes : mul(yes, positiveWeight), no), [0, 1]);
  },
  samples: [
    { config: {}, classes: 2 },
    { config: {}, classes: 3 },
    { config: { labelSmoothing: 0.1, positiveWeight: 3 }, classes: 2 },
    { config: { labelSmoothing: 0.2, positiveWeight: 0.5 }, classes: 4 },
  ],
  torch: ({ labelSmoothing, positiveWeight }, classes) => ({
    make:
      `lambda output, target: F.binary_cross_entropy_with_logits(output, (${classes === 2 ? "target.to(output.dtype).unsqueeze(1)" : `F.one_hot(target, ${classes}).to(output.dtype)`})` +
      ` * ${1 - labelSmoothing} + ${labelSmoothing / 2}, pos_weight=torch.tensor(${positiveWeight}, dtype=output.dtype))`,
  }),
} satisfies LossDefinition<z.output<typeof schema>>;
