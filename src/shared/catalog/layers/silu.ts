/** Sigmoid-weighted linear unit, also called swish: y = x σ(x). */
import { z } from "zod";
import { mul, sigmoid } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("silu"), name: layerName });

export const silu = activation({
  summary: "A smooth relu that dips a little below zero; common in newer image networks.",
  source: "Elfwing, Uchibe & Doya 2018, arXiv:1702.03118; Ramachandran et al. 2017, arXiv:1710.05941",
  schema,
  forward: (x) => mul(x, sigmoid(x)),
  torch: () => "nn.SiLU()",
});
