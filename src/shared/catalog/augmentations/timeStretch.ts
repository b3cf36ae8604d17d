/**
 * Plays a signal slower or faster about its centre m: x'[t] = x(m + v (t − m)), with linear interpolation. As on a tape, the pitch changes along
 * with the tempo (speed perturbation, Ko et al. 2015). There is no low-pass filter: faster playback aliases frequencies above half the sample rate,
 * as any plain interpolation does.
 */
import { z } from "zod";
import { concat, gridSample, mul, reshape, transpose } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { placesAlong } from "./planar.ts";
import { lengthOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeStretch"),
  probability: probabilityField(),
  slowest: real({
    default: 0.9,
    min: 0.25,
    max: 1,
    step: 0.01,
    search: [0.8, 1],
    scale: "log",
    unit: { en: "×", ko: "배" },
    title: { en: "Lowest speed", ko: "최소 속도" },
    description: {
      en: "Smallest speed: at 0.5, the middle half fills the whole length. 1: never slower.",
      ko: "가장 느린 속도. 0.5이면 가운데 절반이 전체 길이를 채웁니다. 1이면 느려지지 않습니다.",
    },
  }),
  fastest: real({
    default: 1.1,
    min: 1,
    max: 4,
    step: 0.01,
    search: [1, 1.25],
    scale: "log",
    unit: { en: "×", ko: "배" },
    title: { en: "Highest speed", ko: "최대 속도" },
    description: {
      en: "Largest speed: at 2, the whole signal fills the middle half. 0.9 to 1.1 is usual for speech; where a frequency decides the class, keep both close to 1.",
      ko: "가장 빠른 속도. 2이면 신호 전체가 가운데 절반을 채웁니다. 음성에는 0.9~1.1이 보통이며, 주파수가 클래스를 정하면 둘 다 1에 가깝게 두세요.",
    },
  }),
  outside: choice(
    {
      zeros: { en: "Silence", ko: "무음" },
      border: { en: "First and last value", ko: "처음과 마지막 값" },
      reflection: { en: "Mirrored signal", ko: "거울상" },
    },
    {
      default: "zeros",
      title: { en: "Outside", ko: "바깥" },
      description: {
        en: "What surrounds a signal that is played faster: silence (every channel's mean), its repeated first and last value, or the mirrored signal.",
        ko: "빨라진 신호의 앞뒤를 채우는 것: 무음(채널마다 평균), 처음과 마지막 값의 반복, 또는 거울상.",
      },
    },
  ),
});

export const timeStretch = {
  title: { en: "Time stretch", ko: "시간 늘이기" },
  summary: {
    en: "Plays the signal slower or faster; equal ratios are equally likely. Tempo and pitch change together.",
    ko: "신호를 느리거나 빠르게 재생합니다. 같은 비율은 같은 확률로 뽑힙니다. 빠르기와 음높이가 함께 바뀝니다.",
  },
  source: "Ko, Peddinti, Povey & Khudanpur 2015, Audio augmentation for speech recognition",
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => 1,
  draw: ({ config: { slowest, fastest }, random }) => (slowest === 1 && fastest === 1 ? null : [slowest * (fastest / slowest) ** random.uniform("speed")]),
  apply: ({ x, numbers, config: { outside }, shape, batch }) => {
    const [channels = 1] = shape;
    const length = lengthOf(shape);
    const places = mul(numbers(0, 1), x.builder.innermost.constant(placesAlong(length), [length], "float32", `grid/${length}`));
    // Treats the signal as an image with one row, on which all positions lie.
    const grid = transpose(reshape(concat([places, mul(places, 0)], 1), [batch, 2, 1, length]), [0, 2, 3, 1]);
    return reshape(gridSample(reshape(x, [batch, channels, 1, length]), grid, outside), [batch, ...shape]);
  },
  expected: ({ sample, config: { slowest, fastest, outside }, random }) => {
    const speed = Math.exp(Math.log(slowest) + (Math.log(fastest) - Math.log(slowest)) * random.uniform("speed"));
    const middle = (at(sample.shape, 1) - 1) / 2;
    return sample.moved(([time = 0]) => [middle + speed * (time - middle)], outside);
  },
  identities: [{ slowest: 1, fastest: 1 }],
  samples: [
    { config: {}, shape: [1, 24] },
    { config: { slowest: 0.5, fastest: 1, outside: "border" }, shape: [2, 13] },
    { config: { slowest: 1, fastest: 2.5, outside: "reflection" }, shape: [3, 17] },
    { config: { slowest: 1, fastest: 4 }, shape: [1, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
