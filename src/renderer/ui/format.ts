/** Numbers, times and metrics as people read them, in the language of the window. */
import { metrics } from "../../shared/catalog/metrics/index.ts";

const DASH = "–";

/** 1234567 -> 1,234,567 */
export function countText(count: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(count);
}

/** A large count in three digits: 40.6 M, in Korean 4060만. */
export function shortCountText(count: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 }).format(count);
}

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

/** 0.9321 of a fraction -> 93.21 %; anything else with four significant digits. */
export function metricText(name: string, value: number | undefined): string {
  if (value === undefined) return DASH;
  return isFraction(name) ? percentText(value) : numberText(value);
}

function percentText(value: number): string {
  return Number.isFinite(value) ? `${(value * 100).toFixed(2)} %` : String(value);
}

/** Four significant digits, without an exponent where it can be helped. */
export function numberText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(1) : value.toPrecision(4);
}

/** A speed: three digits are all that stand still. */
export function rateText(perSecond: number, language: string): string {
  return perSecond >= 100 ? countText(perSecond, language) : String(Number(perSecond.toPrecision(3)));
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

/** 0:07, 3:12, 2:05:00: time left, in a place that is redrawn every second. */
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

/** "now", "3 minutes ago", "yesterday" … */
export function relativeTime(atMs: number, nowMs: number, language: string): string {
  const seconds = Math.round((nowMs - atMs) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, length] of UNITS) if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return seconds < 10 ? format.format(0, "second") : format.format(-seconds, "second");
}

export function exactTime(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(atMs);
}

export function clockTime(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(atMs);
}

/** [1, 28, 28] -> 1×28×28 */
export function shapeText(shape: readonly number[]): string {
  return shape.join("×");
}

/** `/home/ada/cats.zip/train` -> `train` */
export function lastOfPath(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}
