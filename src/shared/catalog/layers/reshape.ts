/** The values of a sample in another shape, in row-major order. */
import { z } from "zod";
import { reshape as reshaped } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { metaOf } from "../../kit/schema.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("reshape"),
  name: layerName,
  shape: z
    .array(z.int().gte(-1))
    .default([1, -1])
    .meta(
      metaOf({
        title: { en: "Shape", ko: "형태" },
        description: {
          en: "Shape of a sample after it, channels first; one −1 is computed from the rest. [1, 8, 8] turns a row of 64 into an image, [1, -1] into a signal of one channel. Use it to feed rows to a convolution.",
          ko: "이 층을 지난 표본의 형태로, 채널이 먼저입니다. −1 하나는 나머지에서 계산합니다. [1, 8, 8]은 64개의 행을 이미지로, [1, -1]은 채널 하나의 신호로 바꿉니다. 행을 합성곱에 넣을 때 쓰세요.",
        },
      }),
    ),
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
    say`must hold the ${size} numbers of a sample, with at most one −1`,
    open === 0 ? say`[${shape.join(", ")}], which holds ${known}` : `[${shape.join(", ")}]`,
    say`Choose dimensions whose product is that of the input.`,
  );
}

export const reshape = {
  title: { en: "Reshape", ko: "형태 바꾸기" },
  summary: { en: "Arranges the numbers of a sample in another shape.", ko: "표본의 수를 다른 형태로 배열합니다." },
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
