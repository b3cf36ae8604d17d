/**
 * Cross-entropy of sigmoids, from logits z: for each output −[p t log σ(z) + (1 − t) log(1 − σ(z))], written p t · s(−z) + (1 − t) · s(z) with the
 * softplus s, which does not overflow. Two classes have one logit, of the second class; more have one each, against all the rest. Mean over samples,
 * sum over outputs divided by their number.
 */
import { z } from "zod";
import { add, cast, mul, neg, reduceMean, reshape, softplus, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
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
    title: "Label smoothing",
    description: "Moves the targets 0 and 1 so far toward one half. Use a little where labels may be wrong or probabilities come out too sure.",
  }),
  positiveWeight: real({
    default: 1,
    above: 0,
    max: 10_000,
    scale: "log",
    search: [0.1, 10],
    title: "Positive weight",
    description: "What a positive counts against a negative. Raise it to miss fewer positives where they are rare, at the price of more false alarms.",
  }),
});

export const binaryCrossEntropy = {
  summary: "For yes or no: the surprise at each answer by itself, so that classes do not compete.",
  source: "Goodfellow, Bengio & Courville 2016, section 6.2.2.2",
  task: "classification",
  activation: "sigmoid",
  schema,
  width: (classes) => (classes === 2 ? 1 : classes),
  misfits: (_, classes) => oneClassMisfits(classes, "an answer"),
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
