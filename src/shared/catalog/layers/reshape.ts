/** The numbers of a sample in another shape, in row-major order. */
import { z } from "zod";
import { reshape as reshaped } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("reshape"),
  name: layerName,
  shape: z.array(z.int().gte(-1)).default([1, -1]).meta({
    title: "Shape",
    description:
      "Shape of a sample behind it, channels first; one −1 is worked out from the rest. [1, 8, 8] makes a row of 64 an image, [1, -1] a signal of one channel. Use it to bring rows to a convolution.",
  }),
});

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

function resolve(input: SampleShape, shape: readonly number[]): readonly number[] {
  const size = product(input);
  const open = shape.filter((dim) => dim === -1).length;
  const known = product(shape.filter((dim) => dim !== -1));
  if (shape.length > 0 && known > 0 && (open === 0 ? known === size : open === 1 && size % known === 0))
    return shape.map((dim) => (dim === -1 ? size / known : dim));
  throw new LayerMisfit(
    "shape",
    `must hold the ${size} numbers of a sample, with at most one −1`,
    `[${shape.join(", ")}]${open === 0 ? `, which holds ${known}` : ""}`,
    "Change it so that its product is the input's.",
  );
}

export const reshape = {
  summary: "Lays the numbers of a sample out in another shape.",
  schema,
  outputShape: (input, { shape }) => resolve(input, shape),
  parameters: () => [],
  forward: ({ x, config: { shape } }) => reshaped(x, [at(staticShape(x.shape), 0), ...resolve(sampleShapeOf(x.shape), shape)]),
  samples: [
    { config: {}, input: [6] },
    { config: { shape: [2, 3] }, input: [6] },
    { config: { shape: [-1] }, input: [2, 3, 2] },
  ],
  misfits: [
    { config: { shape: [4] }, input: [6], field: "shape" },
    { config: { shape: [-1, -1] }, input: [6], field: "shape" },
    { config: { shape: [4, -1] }, input: [6], field: "shape" },
    { config: { shape: [] }, input: [1], field: "shape" },
    { config: { shape: [0, -1] }, input: [6], field: "shape" },
  ],
  torch: (input, { shape }) => ({ make: `nn.Sequential(nn.Flatten(), nn.Unflatten(1, (${resolve(input, shape).join(", ")},)))` }),
} satisfies LayerDefinition<z.output<typeof schema>>;
