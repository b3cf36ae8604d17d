/** Draws and fields that several initializers share. */

import { choice, real } from "../../kit/schema.ts";
import type { RandomStream } from "../../math/random.ts";
import type { InitializedTensor } from "./initializer.ts";

/** Standard deviation of a standard normal that is cut off at ±2: √(1 − 4 φ(2) / (2 Φ(2) − 1)). */
export const TRUNCATED_DEVIATION = 0.879_625_661_034_239_8;

/** A standard normal within ±2, drawn again until it is: rejection leaves the density as it is and cuts the tails off. */
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
  title: "Gain",
  description:
    "The standard deviation is multiplied by it. Lower it where activations grow from layer to layer, raise it where they fade. With glorot 1.67 (5/3) suits tanh, as PyTorch's calculate_gain has it.",
});

export const distributionField = choice(["normal", "uniform", "truncatedNormal"], {
  default: "normal",
  title: "Distribution",
  description: "What the values are drawn from, with the same variance. The truncated normal, cut off at two standard deviations, is what Keras draws from.",
});

export interface ScaledConfig {
  readonly gain: number;
  readonly distribution: "normal" | "uniform" | "truncatedNormal";
}

/** Draws with mean 0 and variance gain² · numerator / fan. */
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

export function deviationField(description: string) {
  return real({ default: 0.05, above: 0, max: 1000, scale: "log", search: [0.001, 1], title: "Standard deviation", description });
}

export const meanField = real({
  default: 0,
  min: -1000,
  max: 1000,
  step: 0.01,
  title: "Mean",
  description: "What is added to every draw. Leave it at 0 for weights.",
});
