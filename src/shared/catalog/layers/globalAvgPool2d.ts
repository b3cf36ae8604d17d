/** Mean over all pixels of each channel: [C, H, W] -> [C] (Lin et al. 2014, arXiv:1312.4400, section 3.2). */
import { z } from "zod";
import { reduceMean } from "../../graph/functions.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { imageShape } from "./window.ts";

const schema = z.strictObject({ type: z.literal("globalAvgPool2d"), name: layerName });

export const globalAvgPool2d = {
  summary: "One number a channel: its mean over the whole image. Replaces flatten and its many weights.",
  schema,
  outputShape: (input) => [imageShape(input)[0]],
  parameters: () => [],
  forward: ({ x }) => reduceMean(x, [2, 3]),
} satisfies LayerDefinition<z.output<typeof schema>>;
