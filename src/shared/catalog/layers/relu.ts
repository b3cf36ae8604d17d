/** Rectified linear unit: y = max(x, 0). */
import { z } from "zod";
import { relu as rectify } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("relu"), name: layerName });

export const relu = activation({
  summary: "Passes what is positive and zeroes the rest: the bend that lets layers add up to more than one.",
  source: "Nair & Hinton 2010",
  schema,
  forward: (x) => rectify(x),
  torch: () => "nn.ReLU()",
  monotone: true,
});
