/** Statistics of one column: exact quartiles and distinct values from a sorted copy. */
import type { ColumnSummary, NumberSummary } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { Counter, chooseBins, firstFrom } from "../../../shared/math/histogram.ts";
import { deviationOf, type Moments, momentsOf, quantileSorted } from "../../../shared/math/statistics.ts";
import type { TableColumn } from "../table.ts";
import type { RoledColumn } from "./columns.ts";
import { sortNumbers } from "./sortNumbers.ts";

/** At most this many categories of a column are listed. */
const MAX_CATEGORIES = 100;

export interface NumberFigures {
  readonly summary: NumberSummary;
  readonly moments: Moments;
  readonly whole: boolean;
}

/** @param exact whether these are all numbers; only then quartiles and distinct values are computed */
export function numberFigures(values: Float64Array, exact: boolean): NumberFigures {
  const moments = momentsOf(values);
  const { values: sorted, whole } = sortNumbers(values);
  const count = sorted.length;
  const missing = values.length - count;
  if (count === 0) return { summary: { ...NOTHING, missing }, moments, whole: false };
  const [min, max] = [at(sorted, 0), at(sorted, count - 1)];
  const [q1, median, q3] = [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.75)];
  let distinct = 1;
  for (let i = 1; i < count; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const zeros = firstFrom(sorted, Number.MIN_VALUE) - firstFrom(sorted, 0);
  const counter = new Counter(chooseBins({ count, min, max, interquartile: q3 - q1, whole }));
  counter.addSorted(sorted);
  // The mean of a constant is exactly the constant, despite rounding.
  const mean = min === max ? min : moments.mean;
  const order = exact ? { q1, median, q3, distinct } : { q1: null, median: null, q3: null, distinct: null };
  return { summary: { count, missing, mean, deviation: deviationOf(moments), min, max, zeros, histogram: counter.histogram, ...order }, moments, whole };
}

export const NOTHING: NumberSummary = {
  count: 0,
  missing: 0,
  mean: null,
  deviation: null,
  min: null,
  q1: null,
  median: null,
  q3: null,
  max: null,
  distinct: null,
  zeros: 0,
  histogram: null,
};

export interface ColumnFigures extends RoledColumn {
  readonly summary: ColumnSummary;
  /** Null for a categorical column. */
  readonly numbers: NumberFigures | null;
}

export function columnFigures({ role, column }: RoledColumn, exact: boolean): ColumnFigures {
  const { name } = column;
  if (column.kind === "categorical") return { role, column, summary: { name, role, kind: "categorical", ...categoriesOf(column) }, numbers: null };
  const numbers = numberFigures(column.values, exact);
  return { role, column, summary: { name, role, kind: column.kind, numbers: numbers.summary }, numbers };
}

function categoriesOf({ codes, categories }: Extract<TableColumn, { readonly kind: "categorical" }>) {
  const counts = new Float64Array(categories.length);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? -1;
    if (code < 0) missing++;
    else counts[code] = (counts[code] ?? 0) + 1;
  }
  const present = Array.from(counts.keys()).filter((code) => at(counts, code) > 0);
  // Ties keep the order of the categories.
  const frequent = present.sort((a, b) => at(counts, b) - at(counts, a) || a - b).slice(0, MAX_CATEGORIES);
  return {
    count: codes.length - missing,
    missing,
    distinct: present.length,
    categories: frequent.map((code) => ({ name: at(categories, code), count: at(counts, code) })),
  };
}

/** The number of distinct values of a column that was examined completely. */
export function distinctOf({ summary }: ColumnFigures): number {
  return summary.kind === "categorical" ? summary.distinct : (summary.numbers.distinct ?? 0);
}

export function missingOf({ summary }: ColumnFigures): number {
  return summary.kind === "categorical" ? summary.missing : summary.numbers.missing;
}
