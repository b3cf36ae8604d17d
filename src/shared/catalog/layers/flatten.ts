/** All numbers of a sample in one row, in row-major order. */
import { z } from "zod";
import { reshape } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("flatten"), name: layerName });

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export const flatten = {
  summary: "Lays an image out as one row, for dense layers.",
  schema,
  outputShape: (input) => [product(input)],
  parameters: () => [],
  forward: ({ x }) => reshape(x, [...staticShape(x.shape.slice(0, 1)), product(sampleShapeOf(x.shape))]),
  samples: [
    { config: {}, input: [2, 5, 6] },
    { config: {}, input: [4] },
  ],
  misfits: [],
  torch: () => ({ make: "nn.Flatten()" }),
} satisfies LayerDefinition<z.output<typeof schema>>;
