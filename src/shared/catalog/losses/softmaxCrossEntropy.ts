/** Cross-entropy of the softmax of logits z [N, C] with classes t [N]: mean over n of −log softmax(z_n)[t_n]. */
import { z } from "zod";
import { logSoftmax, mul, reduceSum } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { oneHot } from "../tensors.ts";
import type { LossDefinition } from "./loss.ts";

const schema = z.strictObject({ type: z.literal("softmaxCrossEntropy") });

export const softmaxCrossEntropy = {
  summary: "For classes: how surprised the network is by the right answer, in nats.",
  source: "Bridle 1990; Goodfellow, Bengio & Courville 2016, section 6.2.2.3",
  task: "classification",
  schema,
  forward: ({ output, target }) => {
    const shape = staticShape(output.shape);
    const chosen = mul(logSoftmax(output, -1), oneHot(target, at(shape, 1)));
    return mul(reduceSum(chosen, [0, 1]), -1 / at(shape, 0));
  },
} satisfies LossDefinition<z.output<typeof schema>>;
