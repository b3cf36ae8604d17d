/**
 * Multi-class hinge loss of scores y [N, C] with classes t: mean over n of 1/C Σ_{c ≠ t} max(0, margin − y_t + y_c) (Weston & Watkins 1999;
 * PyTorch's multi_margin_loss with p = 1). Two classes also need two scores.
 */
import { z } from "zod";
import { add, mul, reduceSum, relu, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import { oneHot } from "../common/tensors.ts";
import { oneClassMisfits } from "./classes.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({
  type: z.literal("hinge"),
  margin: real({
    default: 1,
    above: 0,
    max: 1000,
    step: 0.1,
    search: [0.1, 10],
    title: { en: "Margin", ko: "여백" },
    description: {
      en: "How much higher the right class must score than every other before a sample adds no more loss. Its size only sets the scale of the scores.",
      ko: "표본의 손실이 0이 되려면 정답 클래스의 점수가 다른 클래스보다 얼마나 높아야 하는지. 값의 크기는 점수의 척도만 정합니다.",
    },
  }),
});

export const hinge = {
  title: { en: "Hinge loss", ko: "힌지 손실" },
  summary: {
    en: "For classes, without probabilities: every wrong class must score a margin below the right one.",
    ko: "확률 없이 클래스를 나눕니다. 틀린 클래스의 점수는 모두 정답보다 여백만큼 낮아야 합니다.",
  },
  source: "Weston & Watkins 1999; Cortes & Vapnik 1995",
  task: "classification",
  schema,
  width: (classes) => classes,
  unit: () => "score",
  misfits: (_, classes) => oneClassMisfits(classes, say`a comparison`),
  forward: ({ output, target, config }) => {
    const [rows, classes] = [at(staticShape(output.shape), 0), at(staticShape(output.shape), 1)];
    const chosen = oneHot(target, classes);
    const right = reduceSum(mul(output, chosen), [1], true);
    const over = relu(add(sub(output, right), config.margin));
    // The term of the correct class equals the margin and does not count.
    const faults = mul(over, sub(output.builder.innermost.scalar(1), chosen));
    return mul(reduceSum(faults, [0, 1]), 1 / (rows * classes));
  },
  samples: [
    { config: {}, classes: 3 },
    { config: { margin: 0.4 }, classes: 4 },
    { config: {}, classes: 2 },
  ],
  torch: ({ margin }) => ({ make: `lambda output, target: F.multi_margin_loss(output, target, margin=${margin})` }),
} satisfies LossDefinition<z.output<typeof schema>>;
