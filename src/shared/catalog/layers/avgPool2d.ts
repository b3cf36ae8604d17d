/** Mean over each window; padded zeros are not counted. */
import { z } from "zod";
import { averagePool } from "../../graph/functions.ts";
import { sampleShapeOf } from "../tensors.ts";
import { layerName, paddingField, pair } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { imageShape, resolvePooling } from "./window.ts";

const schema = z.strictObject({
  type: z.literal("avgPool2d"),
  name: layerName,
  kernel: pair({ default: 2, min: 1, title: "Window", description: "Side of the window in pixels, one number or [height, width]." }),
  stride: pair({ default: 2, min: 1, title: "Stride", description: "Step of the window in pixels; equal to the window, each pixel is used once." }),
  padding: paddingField,
});

export const avgPool2d = {
  summary: "Replaces each window by its mean.",
  schema,
  outputShape: (input, config) => {
    const [channels] = imageShape(input);
    return [channels, ...resolvePooling(input, config).output];
  },
  parameters: () => [],
  forward: ({ x, config }) => {
    const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), config);
    return averagePool(x, { kernel_shape: kernel, strides: stride, pads, count_include_pad: 0 });
  },
} satisfies LayerDefinition<z.output<typeof schema>>;
