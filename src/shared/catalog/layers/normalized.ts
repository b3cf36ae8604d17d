/** Shared by the normalization layers. */

import { add, div, mul, reduceMean, sqrt, sub } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import { type InitConfig, initialization, ONES, ZEROS } from "./initialization.ts";
import type { SampleShape } from "./layer.ts";
import type { ParameterSpec } from "./parameter.ts";

export function epsilonField(standard: number) {
  return real({
    default: standard,
    above: 0,
    max: 1,
    scale: "log",
    search: [1e-6, 1e-2],
    rare: true,
    title: { en: "ε", ko: "ε" },
    description: {
      en: "Added to the variance, so that a constant is not divided by zero. Raise it where a normalization amplifies noise.",
      ko: "상수를 0으로 나누지 않도록 분산에 더하는 값. 정규화가 잡음을 키우면 올리세요.",
    },
  });
}

/** Scale γ, initially one, and shift β, initially zero. */
export const affineInit = initialization({
  scale: { title: { en: "Scales", ko: "배율" }, usual: ONES },
  shift: { title: { en: "Shifts", ko: "이동" }, usual: ZEROS },
});

interface AffineConfig {
  readonly init?: InitConfig | undefined;
}

/** One scale and one shift per element of a shape. */
export function affineParameters(shape: SampleShape, config: AffineConfig): readonly ParameterSpec[] {
  return [
    { name: "scale", role: "scale", shape, initializer: affineInit.of(config, "scale"), fanIn: 1, fanOut: 1 },
    { name: "shift", role: "shift", shape, initializer: affineInit.of(config, "shift"), fanIn: 1, fanOut: 1 },
  ];
}

/** One scale and one shift per channel. */
export function channelParameters(input: SampleShape, config: AffineConfig): readonly ParameterSpec[] {
  return affineParameters([at(input, 0)], config);
}

/** (x − μ) / √(σ² + ε), with mean and population variance over the given axes. */
export function standardized(x: Value, axes: readonly number[], epsilon: number): Value {
  const centred = sub(x, reduceMean(x, axes, true));
  return div(centred, sqrt(add(reduceMean(mul(centred, centred), axes, true), epsilon)));
}
