/** Maximum over each window; padding never wins (it counts as −∞). */
import { z } from "zod";
import { maxPool } from "../../graph/functions.ts";
import { sampleShapeOf } from "../tensors.ts";
import { layerName, paddingField, pair } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { imageShape, resolvePooling } from "./window.ts";

const schema = z.strictObject({
  type: z.literal("maxPool2d"),
  name: layerName,
  kernel: pair({ default: 2, min: 1, title: "Window", description: "Side of the window in pixels, one number or [height, width]." }),
  stride: pair({ default: 2, min: 1, title: "Stride", description: "Step of the window in pixels; equal to the window, each pixel is used once." }),
  padding: paddingField,
});

export const maxPool2d = {
  summary: "Keeps the largest value of each window: smaller images, small shifts forgiven.",
  schema,
  outputShape: (input, config) => {
    const [channels] = imageShape(input);
    return [channels, ...resolvePooling(input, config).output];
  },
  parameters: () => [],
  forward: ({ x, config }) => {
    const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), config);
    return maxPool(x, { kernel_shape: kernel, strides: stride, pads });
  },
  selectsMaxima: true,
} satisfies LayerDefinition<z.output<typeof schema>>;
