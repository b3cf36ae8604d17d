/** Softplus: y = log(1 + e^(βx)) / β. */
import { z } from "zod";
import { mul, softplus as smooth } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("softplus"),
  name: layerName,
  beta: real({
    default: 1,
    above: 0,
    max: 100,
    step: 0.5,
    search: [0.5, 10],
    title: "β",
    description: "How sharp the bend is: larger comes nearer to relu. Lower it for a softer bend.",
  }),
});

export const softplus = activation({
  summary: "A relu without a corner: smooth, and never quite zero.",
  source: "Dugas et al. 2001; Glorot, Bordes & Bengio 2011",
  schema,
  forward: (x, { beta }) => (beta === 1 ? smooth(x) : mul(smooth(mul(x, beta)), 1 / beta)),
  torch: ({ beta }) => `nn.Softplus(beta=${beta})`,
  monotone: true,
  also: [{ beta: 2.5 }],
});
