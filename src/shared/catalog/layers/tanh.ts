/** Hyperbolic tangent. */
import { z } from "zod";
import { tanh as hyperbolicTangent } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("tanh"), name: layerName });

export const tanh = activation({
  summary: "Squashes every number between −1 and 1, around zero.",
  source: "LeCun, Bottou, Orr & Müller 1998, section 4.4",
  schema,
  forward: (x) => hyperbolicTangent(x),
  torch: () => "nn.Tanh()",
  monotone: true,
});
