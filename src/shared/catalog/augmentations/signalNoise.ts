/**
 * White Gaussian noise at a random signal-to-noise ratio r in decibels: x' = x + σ ε with σ² = mean(x²) / 10^(r / 10), where the mean is over all
 * channels and steps of the sample. Quiet recordings therefore get less noise, and silent ones none.
 */
import { z } from "zod";
import { add, mul, sqrt } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { amplitudeOf } from "./gain.ts";

const schema = z.strictObject({
  type: z.literal("signalNoise"),
  probability: probabilityField(),
  lowest: real({
    default: 10,
    min: -20,
    max: 100,
    step: 1,
    search: [0, 25],
    unit: { en: "dB", ko: "dB" },
    title: { en: "Lowest ratio", ko: "최소 비율" },
    description: {
      en: "Strongest noise: at 0 dB it has the power of the signal, at 10 dB a tenth of it, at 20 dB a hundredth. Lower it where the environment is noisy.",
      ko: "가장 강한 잡음. 0 dB이면 신호와 같은 세기, 10 dB이면 10분의 1, 20 dB이면 100분의 1입니다. 주변이 시끄러우면 낮추세요.",
    },
  }),
  highest: real({
    default: 30,
    min: -20,
    max: 100,
    step: 1,
    search: [25, 50],
    unit: { en: "dB", ko: "dB" },
    title: { en: "Highest ratio", ko: "최대 비율" },
    description: {
      en: "Weakest noise; above 40 dB it is hard to see or hear. Each sample draws its own ratio between the two.",
      ko: "가장 약한 잡음. 40 dB을 넘으면 보거나 듣기 어렵습니다. 표본마다 두 값 사이에서 비율을 따로 뽑습니다.",
    },
  }),
});

export const signalNoise = {
  title: { en: "Signal noise", ko: "신호 잡음" },
  summary: {
    en: "Adds noise at a random signal-to-noise ratio, as sensors and rooms do.",
    ko: "센서나 방에서 생기듯 임의의 신호 대 잡음비로 잡음을 더합니다.",
  },
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { lowest, highest }, random }) => [amplitudeOf(-random.between("ratio", lowest, highest))],
  apply: ({ x, number, noise, shape }) => add(x, mul(noise.normal("noise", shape), mul(sqrt(meanOf(mul(x, x))), number(0)))),
  expected: ({ sample, config: { lowest, highest }, random, noise }) => {
    const ratio = 10 ** ((lowest + (highest - lowest) * random.uniform("ratio")) / 10);
    const power = sample.map((value) => value * value).mean;
    const drawn = noise.normal("noise", sample.shape);
    return sample.map((value, _, i) => value + Math.sqrt(power / ratio) * at(drawn, i));
  },
  misfits: ({ lowest, highest }) =>
    lowest <= highest
      ? []
      : [{ field: "lowest", expected: say`must not be above the highest, ${highest}`, received: String(lowest), remedy: say`Exchange the two.` }],
  identities: [],
  samples: [
    { config: {}, shape: [1, 20] },
    { config: { lowest: 0, highest: 0 }, shape: [2, 13] },
    { config: { lowest: -10, highest: 40 }, shape: [3, 37] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
