/** Layers one after another under one name. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { nestedLayers } from "./nested.ts";

const schema = z.strictObject({
  type: z.literal("sequence"),
  name: layerName,
  layers: nestedLayers({
    default: [],
    title: "Layers",
    description: "The layers of the group, each fed by the one before. Group what belongs together, to move or duplicate it as one.",
  }),
});

export const sequence = {
  summary: "Layers one after another, as one: to name, move and duplicate them together.",
  schema,
  branches: ({ layers }) => [{ field: "layers", scope: "", layers }],
  outputShape: (_, __, branches) => at(branches, 0),
  parameters: () => [],
  forward: ({ branches }) => at(branches, 0),
  samples: [
    { config: {}, input: [3] },
    { config: { layers: [{ type: "dense", units: 2 }, { type: "tanh" }] }, input: [3] },
  ],
  misfits: [],
  torch: (_, __, branches) => ({ make: at(branches, 0), tensors: { layers: { path: "" } } }),
} satisfies LayerDefinition<z.output<typeof schema>>;
