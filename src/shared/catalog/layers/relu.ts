/** Rectified linear unit: y = max(x, 0) (Nair & Hinton 2010). */
import { z } from "zod";
import { relu as rectify } from "../../graph/functions.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("relu"), name: layerName });

export const relu = {
  summary: "Passes what is positive and zeroes the rest: the bend that lets layers add up to more than one.",
  schema,
  outputShape: (input) => input,
  parameters: () => [],
  forward: ({ x }) => rectify(x),
  monotone: true,
  samples: [
    { config: {}, input: [2, 5, 6] },
    { config: { name: "bend" }, input: [4] },
  ],
  misfits: [],
  torch: () => ({ make: "nn.ReLU()" }),
} satisfies LayerDefinition<z.output<typeof schema>>;
