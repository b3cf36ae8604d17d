/** How far a metric that was measured on few samples can be relied on. */
import { fractionInterval, type Interval } from "../math/comparison.ts";
import { countsSamples } from "./metricText.ts";

/** From this number of samples on, the limits are within 3.1 percentage points of the value, and the number alone says enough. */
const MANY = 1000;

/**
 * The 95 % interval of a metric that is the fraction of samples for which something holds (Wilson's score interval).
 * @returns null for any other metric, for many samples, and where the metric is undefined
 */
export function sampleInterval(name: string, value: number, samples: number): Interval | null {
  return samples > 0 && samples < MANY && countsSamples(name) && value >= 0 && value <= 1 ? fractionInterval(value, samples) : null;
}

/** 0.787–0.982 -> 78.7–98.2 % */
export function intervalText({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
}
