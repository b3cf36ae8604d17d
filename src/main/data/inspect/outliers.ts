/**
 * Values far from all others: more than three interquartile ranges outside the quartiles, J. W. Tukey's "far out" (Exploratory Data Analysis, 1977).
 * Quartiles do not move with the outliers themselves. Of a normal distribution, two values in a million lie there.
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { quote } from "../../../shared/kit/fault.ts";
import type { Dataset } from "../dataset.ts";
import type { ColumnFigures } from "./columnFigures.ts";
import { countText, MAX_ITEMS, numberText, placeOf, problemOf } from "./problems.ts";

export const FAR_OUT = 3;

interface Outlier {
  readonly sample: number;
  readonly column: string;
  readonly value: number;
  readonly q1: number;
  readonly q3: number;
  /** In interquartile ranges, outside the quartiles. */
  readonly distance: number;
}

export function columnOutliers(dataset: Dataset, figures: readonly ColumnFigures[]): readonly DataProblem[] {
  const looked = figures.filter(({ role, column }) => role !== "ignored" && column.kind === "numeric");
  const farthest = new Farthest();
  const columns = new Map<string, number>();
  for (const { column, numbers } of looked) {
    if (column.kind !== "numeric" || numbers === null) continue;
    const { q1, q3, min, max } = numbers.summary;
    if (q1 === null || q3 === null || min === null || max === null) continue;
    const range = q3 - q1;
    // Where half of the values are one, every other one would be far.
    if (!(range > 0)) continue;
    const [low, high] = [q1 - FAR_OUT * range, q3 + FAR_OUT * range];
    if (min >= low && max <= high) continue;
    const { values, name } = column;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? Number.NaN;
      if (!(value < low || value > high)) continue;
      farthest.add({ sample: i, column: name, value, q1, q3, distance: (value < low ? q1 - value : value - q3) / range });
      columns.set(name, (columns.get(name) ?? 0) + 1);
    }
  }
  const names = [...columns].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${quote(name)} ${countText(count)}`);
  return problemOf({
    kind: "outliers",
    severity: "info",
    title: `${countText(farthest.total)} ${farthest.total === 1 ? "value lies" : "values lie"} more than ${FAR_OUT} interquartile ranges outside the quartiles, in ${columns.size} of ${looked.length} columns: ${names.slice(0, 5).join(", ")}${names.length > 5 ? " …" : ""}`,
    remedy: "Correct those that are errors; where the column is skewed, take its logarithm: standardized, such values drown the others.",
    items: farthest.list().map(({ sample, column, value, q1, q3, distance }) => ({
      sample,
      place: placeOf(dataset, sample),
      detail: `column ${quote(column)}: ${numberText(value)}, ${distance.toFixed(1)} interquartile ranges outside the quartiles ${numberText(q1)} … ${numberText(q3)}`,
    })),
    total: farthest.total,
  });
}

/** The farthest of many, without keeping all. */
class Farthest {
  #kept: Outlier[] = [];
  total = 0;

  add(outlier: Outlier): void {
    this.total++;
    this.#kept.push(outlier);
    if (this.#kept.length >= 8 * MAX_ITEMS) this.#kept = this.#cut();
  }

  list(): readonly Outlier[] {
    return this.#cut();
  }

  #cut(): Outlier[] {
    return this.#kept.sort((a, b) => b.distance - a.distance || a.sample - b.sample).slice(0, MAX_ITEMS);
  }
}
