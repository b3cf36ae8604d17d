/** Values of metrics as people read them: which text a metric's unit asks for. */
import { metrics } from "../catalog/metrics/index.ts";
import { DASH, numberText, percentText } from "../text/numbers.ts";

/** The part of a metric's name behind its split: `validation.accuracy` -> `accuracy`. */
export function metricOf(name: string): string {
  return name.split(".", 2)[1] ?? name;
}

/** What a metric's numbers are; a plain score where the catalog has no such metric. */
export function unitOf(name: string): "fraction" | "target" | "score" {
  return Object.entries(metrics).find(([key]) => key === metricOf(name))?.[1].unit ?? "score";
}

export function isFraction(name: string): boolean {
  return unitOf(name) === "fraction";
}

/** Whether a metric is the fraction of samples for which something holds, such as accuracy. */
export function countsSamples(name: string): boolean {
  return Object.entries(metrics).find(([key]) => key === metricOf(name))?.[1].countsSamples ?? false;
}

/** 0.9321 of a fraction -> 93.21 %; anything else with four significant digits. */
export function metricText(name: string, value: number | undefined): string {
  if (value === undefined) return DASH;
  return isFraction(name) ? percentText(value) : numberText(value);
}
