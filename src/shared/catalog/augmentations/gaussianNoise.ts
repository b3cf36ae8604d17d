/** Gaussian noise on every value: x' = x + σ ε, ε ~ N(0, 1), with σ drawn for each sample from [0, deviation]. */
import { z } from "zod";
import { add, max, min, mul } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("gaussianNoise"),
  probability: probabilityField(),
  deviation: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.3],
    title: { en: "Standard deviation", ko: "표준편차" },
    description: {
      en: "Largest standard deviation of the noise, on the scale from black (0) to white (1). Each sample draws its own value up to this one. Helps where cameras are noisy.",
      ko: "검정(0)에서 흰색(1)까지의 척도에서 잡음의 최대 표준편차. 표본마다 이 값까지 따로 뽑습니다. 카메라에 잡음이 많을 때 도움이 됩니다.",
    },
  }),
});

export const gaussianNoise = {
  title: { en: "Gaussian noise", ko: "가우스 잡음" },
  summary: { en: "Adds grain: a small random number to every value.", ko: "모든 값에 작은 난수를 더해 거친 느낌을 줍니다." },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { deviation }, random }) => (deviation === 0 ? null : [random.between("deviation", 0, deviation)]),
  apply: ({ x, number, noise, shape }) => max(min(add(x, mul(noise.normal("noise", shape), number(0))), 1), 0),
  expected: ({ sample, config: { deviation }, random, noise }) => {
    const [own, drawn] = [deviation * random.uniform("deviation"), noise.normal("noise", sample.shape)];
    return sample.map((value, _, i) => clip(value + own * at(drawn, i)));
  },
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { deviation: 0.5 }, shape: [3, 4, 4] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
