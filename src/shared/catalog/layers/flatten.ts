/** All values of a sample as one row, in row-major order. */
import { z } from "zod";
import { reshape } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("flatten"), name: layerName });

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export const flatten = {
  title: { en: "Flatten", ko: "평탄화" },
  summary: { en: "Turns a sample into one row of numbers, for dense layers.", ko: "표본을 한 줄의 수로 펼칩니다. 밀집 층 앞에 씁니다." },
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
