/**
 * Replaces each feature of a row independently by 0, its mean: the masking noise of denoising autoencoders (Vincent et al. 2008). Unlike a dropout
 * layer, it does not scale the remaining features by 1 / (1 − rate): the row looks like one with imputed missing values, which the network will also
 * meet in use.
 */
import { z } from "zod";
import { less, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("featureDropout"),
  probability: probabilityField(),
  rate: real({
    default: 0.1,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0.02, 0.4],
    title: { en: "Rate", ko: "비율" },
    description: {
      en: "Probability that a feature is replaced by its mean. Raise it where the network relies on a few features, or where values will be missing in later use. A category that is dropped counts as none of its column's categories.",
      ko: "특성이 그 평균으로 바뀔 확률. 신경망이 몇몇 특성에만 기대거나 나중에 값이 빠질 수 있으면 올리세요. 지워진 범주는 그 열의 어느 범주도 아닌 것이 됩니다.",
    },
  }),
});

export const featureDropout = {
  title: { en: "Feature dropout", ko: "특성 드롭아웃" },
  summary: {
    en: "Replaces some features by their means, so that the network does not rely on a single one. Unlike a dropout layer, it leaves the other features unchanged.",
    ko: "일부 특성을 평균으로 바꾸어 신경망이 하나에만 기대지 않게 합니다. 드롭아웃 층과 달리 나머지 특성은 그대로 둡니다.",
  },
  source: "Vincent, Larochelle, Bengio & Manzagol 2008, Extracting and composing robust features with denoising autoencoders",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { rate } }) => (rate === 0 ? null : [rate]),
  apply: ({ x, number, noise, shape }) => where(less(noise.uniform("dropped", shape), number(0)), x.builder.innermost.scalar(0), x),
  expected: ({ sample, config: { rate }, noise }) => {
    const drawn = noise.uniform("dropped", sample.shape);
    return sample.map((value, _, i) => (at(drawn, i) < rate ? 0 : value));
  },
  identities: [{ rate: 0 }],
  samples: [
    { config: {}, shape: [24] },
    { config: { rate: 0.6 }, shape: [9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
