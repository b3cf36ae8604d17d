/**
 * Dropout of whole channels (Tompson et al. 2015, arXiv:1411.4280, section 3.2), because dropping single values has little effect if neighbours are
 * similar.
 */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { dropRate, torchDrop } from "./drop.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("spatialDropout"),
  name: layerName,
  rate: dropRate(
    {
      en: "Fraction of the channels that are dropped entirely. 0.1 to 0.3 between convolutions; raise it when training is much better than validation.",
      ko: "통째로 0으로 만드는 채널의 비율. 합성곱 사이에는 0.1~0.3. 학습 결과가 검증보다 훨씬 좋으면 올리세요.",
    },
    0.2,
  ),
});

export const spatialDropout = {
  title: { en: "Channel dropout", ko: "채널 드롭아웃" },
  summary: {
    en: "Sets whole channels to zero at random in training, because neighbouring pixels could replace single ones.",
    ko: "학습 중에 채널을 통째로 임의로 0으로 만듭니다. 픽셀 하나만 지우면 이웃 픽셀이 대신할 수 있기 때문입니다.",
  },
  source: "Tompson et al. 2015, arXiv:1411.4280, section 3.2",
  schema,
  outputShape: (input) => {
    if (input.length < 2 || input.length > 4)
      throw new LayerMisfit(
        "",
        say`needs signals, images or volumes with channels first`,
        say`samples of shape [${input.join(", ")}]`,
        say`Use dropout for rows of features.`,
      );
    return input;
  },
  parameters: () => [],
  stochastic: ({ rate }) => rate > 0,
  forward: ({ x, config: { rate }, training, random }) => {
    if (!training || rate === 0) return x;
    const shape = staticShape(x.shape);
    const mask = random.bernoulli("mask", [at(shape, 0), at(shape, 1), ...shape.slice(2).map(() => 1)], 1 - rate);
    return mul(x, mul(mask, 1 / (1 - rate)));
  },
  samples: [
    { config: {}, input: [8, 3] },
    { config: { rate: 0.5 }, input: [4, 2, 3] },
    { config: {}, input: [4, 2, 2, 2] },
  ],
  misfits: [{ config: {}, input: [5], field: "" }],
  torch: (_, { rate }) => torchDrop(rate, true),
} satisfies LayerDefinition<z.output<typeof schema>>;
