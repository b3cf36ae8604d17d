/**
 * Inverted dropout (Srivastava et al. 2014, section 4): in training, each value is set to zero with probability p and otherwise divided by 1 − p.
 * Evaluation changes nothing.
 */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { dropRate, torchDrop } from "./drop.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("dropout"),
  name: layerName,
  rate: dropRate({
    en: "Fraction of the activations that are dropped. 0.5 before the last dense layer, 0.1 to 0.3 elsewhere; raise it when training is much better than validation.",
    ko: "0으로 만드는 활성값의 비율. 마지막 밀집 층 앞에는 0.5, 다른 곳에는 0.1~0.3. 학습 결과가 검증보다 훨씬 좋으면 올리세요.",
  }),
});

export const dropout = {
  title: { en: "Dropout", ko: "드롭아웃" },
  summary: {
    en: "Sets random activations to zero during training, so that no unit can rely on another.",
    ko: "학습 중에 활성값을 임의로 0으로 만듭니다. 유닛이 다른 유닛에 기댈 수 없게 됩니다.",
  },
  source: "Srivastava et al. 2014, section 4",
  schema,
  outputShape: (input) => input,
  parameters: () => [],
  stochastic: ({ rate }) => rate > 0,
  forward: ({ x, config: { rate }, training, random }) =>
    training && rate > 0 ? mul(x, mul(random.bernoulli("mask", staticShape(x.shape), 1 - rate), 1 / (1 - rate))) : x,
  samples: [
    { config: {}, input: [6] },
    { config: { rate: 0.2 }, input: [2, 3, 4] },
  ],
  misfits: [],
  torch: (_, { rate }) => torchDrop(rate, false),
} satisfies LayerDefinition<z.output<typeof schema>>;
