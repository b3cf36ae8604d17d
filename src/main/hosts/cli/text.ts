/** Numbers, times and metrics as people read them. */
import { metrics } from "../../../shared/catalog/metrics/index.ts";
import { lossUnitWords } from "../../../shared/recipe/lossUnit.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { learnsStandardizedTargets } from "../../../shared/recipe/targetScale.ts";

const wholeNumbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1234567 -> 1,234,567 */
export function countText(count: number): string {
  return wholeNumbers.format(count);
}

/** 15.6 GiB */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

/** 0.9321 of a fraction -> 93.21 %; anything else with four significant digits. */
export function metricText(name: string, value: number): string {
  const [, metric = name] = name.split(".", 2);
  const definition = Object.entries(metrics).find(([key]) => key === metric)?.[1];
  if (definition?.unit === "fraction") return `${(value * 100).toFixed(2)} %`;
  return numberText(value);
}

/** What a loss is measured in; said at more length where metrics and predictions are in another unit. */
export function lossUnitText(recipe: Recipe): string {
  const unit = lossUnitWords(recipe).long.en;
  return learnsStandardizedTargets(recipe)
    ? `The loss is of the standardized target, in ${unit}; the metrics are in the target's own unit.`
    : `The loss is in ${unit}.`;
}

/** Four significant digits, without an exponent where it can be helped. */
export function numberText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3);
  return size >= 1000 ? value.toFixed(1) : value.toPrecision(4);
}

/** 950 ms, 8.2 s, 3 min 12 s, 2 h 05 min */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** 0:07, 3:12, 2:05:00: time left on a line that is redrawn. */
export function clockText(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const pair = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${pair(seconds % 60)}` : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(seconds % 60)}`;
}

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** "just now", "3 minutes ago", "yesterday" … */
export function relativeTime(atMs: number, nowMs: number): string {
  const seconds = Math.round((nowMs - atMs) / 1000);
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, length] of UNITS) if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return seconds < 10 ? "just now" : `${seconds} seconds ago`;
}

/** [1, 28, 28] -> 1×28×28 */
export function shapeText(shape: readonly number[]): string {
  return shape.join("×");
}

/** A text as one word of a shell's command line. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
