/** A noisy sine wave for regression: one input, one output. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("sine"),
  samples: sampleCount(500),
  frequency: real({
    default: 1,
    above: 0,
    max: 20,
    step: 0.1,
    title: { en: "Frequency", ko: "주파수" },
    unit: { en: "periods", ko: "주기" },
    description: {
      en: "Periods per unit of x. Networks learn slow waves first and fast ones late, or never.",
      ko: "x 한 단위에 들어가는 주기의 수. 신경망은 느린 파동을 먼저 배우고 빠른 파동은 늦게 배우거나 배우지 못합니다.",
    },
  }),
  range: real({
    default: 1,
    above: 0,
    max: 10,
    step: 0.1,
    title: { en: "Range", ko: "범위" },
    description: {
      en: "x is drawn uniformly from −range to +range. Outside of it, the network has no data to learn from.",
      ko: "x를 −범위에서 +범위까지 고르게 뽑습니다. 그 바깥에는 신경망이 배울 데이터가 없습니다.",
    },
  }),
  noise: noiseField(0.1, {
    en: "Standard deviation of the noise on y, whose wave goes from −1 to 1. No model reaches a mean squared error below its square.",
    ko: "−1에서 1까지 오가는 y에 더하는 잡음의 표준편차. 어떤 모델의 평균 제곱 오차도 이 값의 제곱보다 낮아지지 않습니다.",
  }),
  seed: generatorSeed(),
});

export const sine = {
  title: { en: "Sine wave", ko: "사인파" },
  summary: {
    en: "A sine wave with noise, y = sin(2πfx): shows at a glance the curve that a network fits.",
    ko: "잡음이 있는 사인파 y = sin(2πfx)입니다. 신경망이 맞추는 곡선을 한눈에 볼 수 있습니다.",
  },
  schema,
  facts: () => ({ sampleShape: [1], target: { kind: "regression", names: ["y"] } }),
  generate: ({ samples: count, frequency, range, noise }, random) => {
    const draws = new Draws(random, 2);
    const samples = new Float32Array(count);
    const targets = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      // x is rounded to float32 first, so that the target belongs to exactly the value that the network sees.
      const x = Math.fround(draws.uniform(i, 0, -range, range));
      samples[i] = x;
      targets[i] = Math.sin(2 * Math.PI * frequency * x) + noise * draws.normal(i, 1);
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 100, noise: 0 }, { samples: 33, frequency: 3.5, range: 4, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
