/** Logistic function: y = 1 / (1 + e^−x). */
import { z } from "zod";
import { sigmoid as logistic } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("sigmoid"), name: layerName });

export const sigmoid = activation({
  summary: "Squashes every number between 0 and 1: a soft switch.",
  source: "Goodfellow, Bengio & Courville 2016, section 3.10",
  schema,
  forward: (x) => logistic(x),
  torch: () => "nn.Sigmoid()",
  monotone: true,
});
