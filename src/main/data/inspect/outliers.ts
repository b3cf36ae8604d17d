/**
 * Outliers: values more than three interquartile ranges outside the quartiles, which J. W. Tukey calls "far out" (Exploratory Data Analysis, 1977).
 * Quartiles are not affected by the outliers themselves. In a normal distribution, two of a million values are that far out.
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { quote } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { ColumnFigures } from "./columnFigures.ts";
import { MAX_ITEMS, placeOf, plainNumber, problemOf } from "./problems.ts";

export const FAR_OUT = 3;

interface Outlier {
  readonly sample: number;
  readonly column: string;
  readonly value: number;
  readonly q1: number;
  readonly q3: number;
  /** Distance outside the quartiles, in interquartile ranges. */
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
    // If half of the values are equal, every other value would be an outlier.
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
  const names = [...columns].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${quote(name)} ${countText(count, "en")}`);
  return problemOf({
    kind: "outliers",
    severity: "info",
    title: say`${countText(farthest.total, "en")} ${plural(farthest.total, "value lies", "values lie")} more than ${FAR_OUT} interquartile ranges outside the quartiles, in ${columns.size} of ${looked.length} columns: ${names.slice(0, 5).join(", ") + (names.length > 5 ? " …" : "")}`,
    remedy: say`Correct those that are errors; if the column is skewed, use its logarithm: after standardization such values dominate the others.`,
    items: farthest.list().map(({ sample, column, value, q1, q3, distance }) => ({
      sample,
      place: placeOf(dataset, sample),
      detail: say`column ${quote(column)}: ${plainNumber(value)}, ${distance.toFixed(1)} interquartile ranges outside the quartiles ${plainNumber(q1)} … ${plainNumber(q3)}`,
    })),
    total: farthest.total,
  });
}

/** Keeps only the farthest values. */
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
