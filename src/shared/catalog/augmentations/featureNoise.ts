/** Gaussian noise on the features of a row: x' = x + σ ε, ε ~ N(0, 1). For small σ this equals a penalty on the network's gradient by its input (Bishop 1995). */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("featureNoise"),
  probability: probabilityField(),
  deviation: real({
    default: 0.1,
    min: 0,
    max: 2,
    step: 0.01,
    search: [0.01, 0.3],
    title: { en: "Standard deviation", ko: "표준편차" },
    description: {
      en: "Standard deviation of the noise, in standard deviations of the feature over the training set. The error of the measurement is a good start. Features that are 0 or 1 (categories) are not standardized: they get noise of this size on 0 and 1.",
      ko: "잡음의 표준편차. 학습 세트에서 잰 특성의 표준편차를 단위로 합니다. 측정 오차에서 시작하면 좋습니다. 0 또는 1인 특성(범주)은 표준화하지 않으므로 0과 1에 이 크기의 잡음이 더해집니다.",
    },
  }),
});

export const featureNoise = {
  title: { en: "Feature noise", ko: "특성 잡음" },
  summary: {
    en: "Adds a small random number to every feature: rows that hardly differ should get the same prediction.",
    ko: "모든 특성에 작은 난수를 더합니다. 거의 같은 행은 같은 예측을 얻어야 합니다.",
  },
  source: "Bishop 1995, Training with noise is equivalent to Tikhonov regularization",
  kinds: ["tabular"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { deviation } }) => (deviation === 0 ? null : [deviation]),
  apply: ({ x, number, noise, shape }) => add(x, mul(noise.normal("noise", shape), number(0))),
  expected: ({ sample, config: { deviation }, noise }) => {
    const drawn = noise.normal("noise", sample.shape);
    return sample.map((value, _, i) => value + deviation * at(drawn, i));
  },
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [7] },
    { config: { deviation: 1.5 }, shape: [13] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
