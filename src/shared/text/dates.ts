/** Dates as text: moments of runs in local time, dates in data in UTC, as in the file. */
import { DASH, figureText } from "./numbers.ts";

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** "now", "3 min. ago", "yesterday" … */
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

export const DAY_MS = 86_400_000;

/** 2026-01-31, with the time of day if there is one. */
export function dateText(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || Number.isNaN(new Date(milliseconds).getTime())) return DASH;
  const text = new Date(milliseconds).toISOString();
  return milliseconds % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

/** Statistics that are points in time if a column holds times. */
const MOMENTS: readonly string[] = ["mean", "min", "q1", "median", "q3", "max"];

/** A statistic of a column of times: a date, or days for a difference. */
export function timeFigure(field: string, value: number | null | undefined, language: string): string {
  if (MOMENTS.includes(field)) return dateText(value);
  return field === "deviation" && typeof value === "number" ? `${figureText(value / DAY_MS, language)} d` : figureText(value, language);
}
