/**
 * Gaussian error linear unit: y = x Φ(x) with the normal distribution's Φ(x) = (1 + erf(x/√2)) / 2; or the paper's approximation
 * x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).
 */
import { z } from "zod";
import { add, erf, mul, tanh } from "../../graph/functions.ts";
import { choice } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("gelu"),
  name: layerName,
  approximate: choice(["none", "tanh"], {
    default: "none",
    title: "Approximation",
    description: "The exact form, or the paper's approximation by tanh. Use tanh to compare with networks that were trained with it.",
  }),
});

export const gelu = activation({
  summary: "Weighs every number by how likely a standard normal one is to be smaller: the activation of transformers.",
  source: "Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2",
  schema,
  forward: (x, { approximate }) => {
    const inner = approximate === "none" ? erf(mul(x, Math.SQRT1_2)) : tanh(mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI)));
    return mul(mul(x, 0.5), add(inner, 1));
  },
  torch: ({ approximate }) => `nn.GELU(approximate="${approximate}")`,
  also: [{ approximate: "tanh" }],
});
