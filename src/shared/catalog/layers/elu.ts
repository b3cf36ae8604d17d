/** Exponential linear unit: y = x where x > 0, else α (eˣ − 1). */
import { z } from "zod";
import { elu as exponentialLinear } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("elu"),
  name: layerName,
  alpha: real({
    default: 1,
    above: 0,
    max: 10,
    step: 0.1,
    search: [0.5, 2],
    title: "α",
    description: "What the negative side levels off at, as −α. Lower it to come nearer to relu.",
  }),
});

export const elu = activation({
  summary: "A relu whose negative side levels off smoothly below zero, which keeps means near zero.",
  source: "Clevert, Unterthiner & Hochreiter 2016, arXiv:1511.07289, equation 15",
  schema,
  forward: (x, { alpha }) => exponentialLinear(x, alpha),
  torch: ({ alpha }) => `nn.ELU(alpha=${alpha})`,
  monotone: true,
  also: [{ alpha: 0.5 }],
});
