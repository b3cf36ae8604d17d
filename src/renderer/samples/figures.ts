/** Figures of data as people read them. */

const DASH = "–";

/** Four significant digits without zeros at the end, grouped where large; a dash where there is none. */
export function figureText(value: number | null | undefined, language: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(2).replaceAll("-", "−");
  const digits = Number.isInteger(value) || size >= 1000 ? { maximumFractionDigits: size >= 1000 ? 1 : 0 } : { maximumSignificantDigits: 4 };
  // "min2": a year is not grouped, 26,606 is.
  return new Intl.NumberFormat(language, { ...digits, useGrouping: "min2" }).format(value).replaceAll("-", "−");
}

export const DAY_MS = 86_400_000;

/** 2026-01-31, with the time of day where there is one, in UTC as the file is read. */
export function dateText(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || Number.isNaN(new Date(milliseconds).getTime())) return DASH;
  const text = new Date(milliseconds).toISOString();
  return milliseconds % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

/** Figures that are points in time where a column holds times. */
const MOMENTS: readonly string[] = ["mean", "min", "q1", "median", "q3", "max"];

/** A figure of a column of times: a date, or days for how far they are apart. */
export function timeFigure(field: string, value: number | null | undefined, language: string): string {
  if (MOMENTS.includes(field)) return dateText(value);
  return field === "deviation" && typeof value === "number" ? `${figureText(value / DAY_MS, language)} d` : figureText(value, language);
}

/** A share with at most three significant digits; "< 0.1 %" instead of a long row of zeros. */
export function percentOf(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** 812 B, 12.4 KB, 3.1 MB */
export function sizeText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power] ?? "B"}`;
}
