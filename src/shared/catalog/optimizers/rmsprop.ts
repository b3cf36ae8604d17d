/**
 * RMSprop (Tieleman & Hinton 2012, lecture 6.5), in PyTorch's form: s ← α s + (1 − α) g²; centred: m ← α m + (1 − α) g and s − m² in place of s
 * (Graves 2013, arXiv:1308.0850, equations 38 to 45); v ← μ v + g / (√s + ε); θ ← θ − η v.
 * Where rounding brings s − m² below zero, under gradients that stay the same, it counts as zero; PyTorch's root is then no number.
 */
import { z } from "zod";
import { add, div, max, mul, sqrt, sub } from "../../graph/functions.ts";
import { flag, real } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { epsilonField, learningRate, momentumField } from "./fields.ts";
import type { OptimizerDefinition } from "./optimizer.ts";

const schema = z.strictObject({
  type: z.literal("rmsprop"),
  lr: learningRate(0.001),
  alpha: real({
    default: 0.99,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.9, 0.999],
    title: "α",
    description: "Memory of the squared gradient. Lower it when the loss jumps after a quiet stretch.",
  }),
  epsilon: epsilonField(1e-8),
  momentum: momentumField(0, "Share of the last step that is kept; 0 is plain RMSprop. Raise it on noisy batches."),
  centred: flag({
    default: false,
    title: "Centred",
    description: "Divides by the gradient's spread around its mean in place of its size. Turn on where gradients keep their sign for long.",
  }),
});

export const rmsprop = {
  summary: "Every parameter's gradient is divided by its recent size, so that all move at a similar pace.",
  source: "Tieleman & Hinton 2012, lecture 6.5; centred: Graves 2013, arXiv:1308.0850, equations 38 to 45",
  schema,
  slots: ({ momentum, centred }) => [{ name: "squares" }, ...(centred ? [{ name: "mean" }] : []), ...(momentum > 0 ? [{ name: "v" }] : [])],
  update: ({ parameter, gradient, slots, learningRate: rate, config: { alpha, epsilon, momentum, centred } }) => {
    const squares = add(mul(tensorOf(slots, "squares"), alpha), mul(mul(gradient, gradient), 1 - alpha));
    const mean = centred ? add(mul(tensorOf(slots, "mean"), alpha), mul(gradient, 1 - alpha)) : null;
    const spread = mean === null ? squares : max(sub(squares, mul(mean, mean)), 0);
    const step = div(gradient, add(sqrt(spread), epsilon));
    const v = momentum > 0 ? add(mul(tensorOf(slots, "v"), momentum), step) : null;
    return { parameter: sub(parameter, mul(v ?? step, rate)), slots: { squares, ...(mean === null ? {} : { mean }), ...(v === null ? {} : { v }) } };
  },
  samples: [{}, { lr: 0.002, alpha: 0.9, epsilon: 1e-3, momentum: 0.5 }, { centred: true, epsilon: 1e-2 }],
  torch: ({ lr, alpha, epsilon, momentum, centred }) => ({
    make: `lambda groups: torch.optim.RMSprop(groups, lr=${lr}, alpha=${alpha}, eps=${epsilon}, momentum=${momentum}, centered=${centred ? "True" : "False"})`,
    builtIn: true,
  }),
} satisfies OptimizerDefinition<z.output<typeof schema>>;
