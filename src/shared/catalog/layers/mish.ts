/** Mish: y = x tanh(log(1 + eˣ)). */
import { z } from "zod";
import { mul, softplus, tanh } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("mish"), name: layerName });

export const mish = activation({
  summary: "Smooth everywhere and slightly negative on the left: sometimes a little better than relu, and slower.",
  source: "Misra 2020, arXiv:1908.08681, equation 1",
  schema,
  forward: (x) => mul(x, tanh(softplus(x))),
  torch: () => "nn.Mish()",
});
