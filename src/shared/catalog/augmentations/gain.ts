/** Changes the volume: x' = 10^(g / 20) x about the mean of every channel, with g uniform in decibels. */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("gain"),
  probability: probabilityField(),
  softest: real({
    default: -6,
    min: -60,
    max: 0,
    step: 1,
    search: [-12, 0],
    unit: { en: "dB", ko: "dB" },
    title: { en: "Lowest gain", ko: "최소 이득" },
    description: {
      en: "Smallest gain: −6 dB halves the amplitude, −20 dB leaves a tenth of it. 0: never softer.",
      ko: "가장 작은 이득. −6 dB이면 진폭이 절반, −20 dB이면 10분의 1이 됩니다. 0이면 작아지지 않습니다.",
    },
  }),
  loudest: real({
    default: 6,
    min: 0,
    max: 60,
    step: 1,
    search: [0, 12],
    unit: { en: "dB", ko: "dB" },
    title: { en: "Highest gain", ko: "최대 이득" },
    description: {
      en: "Largest gain: 6 dB doubles the amplitude. Raise both where distance and recording level vary; use 0 where the level decides the class.",
      ko: "가장 큰 이득. 6 dB이면 진폭이 두 배가 됩니다. 거리와 녹음 음량이 다양하면 둘 다 올리고, 음량이 클래스를 정하면 0으로 두세요.",
    },
  }),
});

/** The amplitude factor of a gain in decibels. */
export const amplitudeOf = (decibels: number): number => 10 ** (decibels / 20);

export const gain = {
  title: { en: "Gain", ko: "음량 이득" },
  summary: {
    en: "Makes the whole signal louder or softer, as distance and recording level do. Nothing is clipped.",
    ko: "거리나 녹음 음량이 달라진 것처럼 신호 전체를 크거나 작게 합니다. 값을 자르지는 않습니다.",
  },
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { softest, loudest }, random }) => (softest === 0 && loudest === 0 ? null : [amplitudeOf(random.between("gain", softest, loudest))]),
  apply: ({ x, number }) => mul(x, number(0)),
  expected: ({ sample, config: { softest, loudest }, random }) => {
    const decibels = softest + (loudest - softest) * random.uniform("gain");
    return sample.map((value) => value * Math.exp((decibels * Math.LN10) / 20));
  },
  identities: [{ softest: 0, loudest: 0 }],
  samples: [
    { config: {}, shape: [1, 20] },
    { config: { softest: -30, loudest: 0 }, shape: [3, 11] },
    { config: { softest: 0, loudest: 12 }, shape: [2, 8] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
