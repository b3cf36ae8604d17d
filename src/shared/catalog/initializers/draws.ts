/** Random draws and fields that several initializers share. */

import { choice, real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { RandomStream } from "../../math/random.ts";
import type { InitializedTensor } from "./initializer.ts";

/** Standard deviation of a standard normal distribution truncated at ±2: √(1 − 4 φ(2) / (2 Φ(2) − 1)). */
export const TRUNCATED_DEVIATION = 0.879_625_661_034_239_8;

/** A standard normal number within ±2, by rejection sampling. */
export function truncatedNormal(stream: RandomStream, size: number, element: number): number {
  for (let counter = element; ; counter += size) {
    const value = stream.normal(counter);
    if (Math.abs(value) <= 2) return value;
  }
}

/** Uniform on [−1, 1). */
export function symmetric(stream: RandomStream, element: number): number {
  return 2 * stream.uniform(element) - 1;
}

export const gainField = real({
  default: 1,
  above: 0,
  max: 1000,
  scale: "log",
  search: [0.1, 3],
  title: { en: "Gain", ko: "이득" },
  description: {
    en: "The standard deviation is multiplied by it. Lower it where activations grow from layer to layer, raise it where they fade. With Glorot, 1.67 (5/3) suits tanh, as in PyTorch's calculate_gain.",
    ko: "표준편차에 곱하는 값. 활성값이 층마다 커지면 낮추고 사라지면 올리세요. Glorot에서는 PyTorch의 calculate_gain처럼 1.67(5/3)이 tanh에 알맞습니다.",
  },
});

export const distributionTitles = {
  normal: { en: "Normal", ko: "정규분포" },
  uniform: { en: "Uniform", ko: "균등분포" },
  truncatedNormal: { en: "Truncated normal", ko: "절단 정규분포" },
};

export const distributionField = choice(distributionTitles, {
  default: "normal",
  title: { en: "Distribution", ko: "분포" },
  description: {
    en: "The distribution of the values; the variance stays the same. Keras draws from the truncated normal, cut off at two standard deviations.",
    ko: "값의 분포. 분산은 같습니다. Keras는 표준편차의 두 배에서 자른 절단 정규분포에서 뽑습니다.",
  },
});

export interface ScaledConfig {
  readonly gain: number;
  readonly distribution: "normal" | "uniform" | "truncatedNormal";
}

/** Random numbers with mean 0 and variance gain² · numerator / fan. */
export function scaled({ gain, distribution }: ScaledConfig, numerator: number, fan: number, { stream, size }: InitializedTensor): (element: number) => number {
  const deviation = gain * Math.sqrt(numerator / fan);
  const limit = gain * Math.sqrt((3 * numerator) / fan);
  switch (distribution) {
    case "normal":
      return (element) => stream.normal(element) * deviation;
    case "uniform":
      return (element) => symmetric(stream, element) * limit;
    case "truncatedNormal":
      return (element) => truncatedNormal(stream, size, element) * (deviation / TRUNCATED_DEVIATION);
  }
}

export function deviationField(description: Words) {
  return real({ default: 0.05, above: 0, max: 1000, scale: "log", search: [0.001, 1], title: { en: "Standard deviation", ko: "표준편차" }, description });
}

export const meanField = real({
  default: 0,
  min: -1000,
  max: 1000,
  step: 0.01,
  title: { en: "Mean", ko: "평균" },
  description: { en: "What is added to every value. Leave it at 0 for weights.", ko: "모든 값에 더하는 수. 가중치에서는 0으로 두세요." },
});
