/**
 * Two-dimensional convolution (cross-correlation, as everywhere in the field):
 * y[o, i, j] = b[o] + Σ_c,u,v w[o, c, u, v] · x[c, i·s + u·d − p, j·s + v·d − p]; w of shape [filters, channels, kh, kw].
 */
import { z } from "zod";
import { conv } from "../../graph/functions.ts";
import { integer } from "../../kit/schema.ts";
import { sampleShapeOf, tensorOf } from "../tensors.ts";
import { layerName, paddingField, pair, useBias } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { imageShape, resolveWindow } from "./window.ts";

const schema = z.strictObject({
  type: z.literal("conv2d"),
  name: layerName,
  filters: integer({
    default: 32,
    min: 1,
    max: 8192,
    scale: "log",
    search: [8, 128],
    title: "Filters",
    description: "Number of patterns looked for, one output channel each. Double it where the image is halved.",
  }),
  kernel: pair({
    default: 3,
    min: 1,
    title: "Kernel",
    description: "Side of the window in pixels, one number or [height, width]. Stacks of 3 see as far as one large window, with fewer weights.",
  }),
  stride: pair({ default: 1, min: 1, title: "Stride", description: "Step of the window in pixels. 2 halves the image." }),
  padding: paddingField,
  dilation: pair({
    default: 1,
    min: 1,
    title: "Dilation",
    description: "Distance between the window's taps. Larger sees further with the same number of weights.",
  }),
  bias: useBias,
});

export const conv2d = {
  summary: "Slides small learned filters over an image.",
  schema,
  outputShape: (input, config) => [config.filters, ...resolveWindow(input, config).output],
  parameters: (input, config) => {
    const [channels] = imageShape(input);
    const { kernel } = resolveWindow(input, config);
    const area = kernel[0] * kernel[1];
    const fan = { fanIn: channels * area, fanOut: config.filters * area };
    const weight = { name: "weight", shape: [config.filters, channels, ...kernel], initializer: "heNormal", ...fan } as const;
    return config.bias ? [weight, { name: "bias", shape: [config.filters], initializer: "zeros", ...fan }] : [weight];
  },
  forward: ({ x, parameters, config }) => {
    const { kernel, stride, dilation, pads } = resolveWindow(sampleShapeOf(x.shape), config);
    const bias = config.bias ? tensorOf(parameters, "bias") : null;
    return conv(x, tensorOf(parameters, "weight"), bias, { kernel_shape: kernel, strides: stride, pads, dilations: dilation, group: 1 });
  },
} satisfies LayerDefinition<z.output<typeof schema>>;
