/**
 * Group normalization (Wu & He 2018, arXiv:1803.08494, equation 7): within each sample, each group of channels is normalized to mean 0 and variance
 * 1; every channel has its own scale and shift. One group gives layer normalization over the whole sample, one group per channel gives instance
 * normalization.
 */
import { z } from "zod";
import { reshape } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { plural, say } from "../../kit/say.ts";
import { integer } from "../../kit/schema.ts";
import { scaleAndShift } from "../common/normalization.ts";
import { tensorOf } from "../common/tensors.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";
import { affineInit, channelParameters, epsilonField, standardized } from "./normalized.ts";

const schema = z.strictObject({
  type: z.literal("groupNorm"),
  name: layerName,
  groups: integer({
    default: 1,
    min: 1,
    max: 8192,
    scale: "log",
    search: [1, 32],
    title: { en: "Groups", ko: "그룹 수" },
    description: {
      en: "Number of groups that the channels are split into, each normalized separately. 8 to 32 suit wide convolutions; it must divide the number of channels.",
      ko: "채널을 나누는 그룹의 수. 그룹마다 따로 정규화합니다. 넓은 합성곱에는 8~32가 알맞으며 채널 수의 약수여야 합니다.",
    },
  }),
  epsilon: epsilonField(1e-5),
  init: affineInit.field,
});

function checkGroups(input: SampleShape, groups: number): void {
  const [channels, size] = [at(input, 0), input.reduce((a, b) => a * b, 1)];
  const fits = (count: number) => channels % count === 0 && size > count;
  if (fits(groups)) return;
  const fitting = Array.from({ length: channels }, (_, i) => i + 1).filter(fits);
  throw new LayerMisfit(
    "groups",
    channels % groups === 0
      ? say`must leave more than one number in each group, because a single number equals its mean`
      : say`must divide the input's channels`,
    say`${groups} ${plural(groups, "group", "groups")} for samples of shape [${input.join(", ")}]`,
    fitting.length === 0 ? say`Remove this layer.` : say`Use ${fitting.join(", ")}.`,
  );
}

export const groupNorm = {
  title: { en: "Group normalization", ko: "그룹 정규화" },
  summary: {
    en: "Normalizes groups of channels of each sample to mean 0 and variance 1: the benefit of batch normalization with batches of any size.",
    ko: "표본마다 채널 그룹을 평균 0, 분산 1로 정규화합니다. 배치 크기와 관계없이 배치 정규화의 이점을 얻습니다.",
  },
  source: "Wu & He 2018, arXiv:1803.08494, equation 7",
  schema,
  outputShape: (input, { groups }) => {
    checkGroups(input, groups);
    return input;
  },
  parameters: (input, config) => channelParameters(input, config),
  forward: ({ x, parameters, config: { groups, epsilon } }) => {
    const shape = staticShape(x.shape);
    const rows = reshape(x, [at(shape, 0), groups, shape.reduce((a, b) => a * b, 1) / (at(shape, 0) * groups)]);
    return scaleAndShift(reshape(standardized(rows, [2], epsilon), shape), tensorOf(parameters, "scale"), tensorOf(parameters, "shift"));
  },
  samples: [
    { config: {}, input: [4] },
    { config: { groups: 2 }, input: [4, 3, 2] },
    { config: { groups: 3, epsilon: 0.01 }, input: [3, 5] },
  ],
  misfits: [
    { config: { groups: 3 }, input: [4, 2, 2], field: "groups" },
    { config: { groups: 4 }, input: [4], field: "groups" },
    { config: {}, input: [1], field: "groups" },
  ],
  torch: (input, { groups, epsilon }) => ({
    make: `nn.GroupNorm(${groups}, ${at(input, 0)}, eps=${epsilon})`,
    tensors: { scale: { path: "weight" }, shift: { path: "bias" } },
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;
