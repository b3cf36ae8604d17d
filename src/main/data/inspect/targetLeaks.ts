/** Features that give away the target: copies of it, other names or units for its values, or values computed from it. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { at, quote } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import { inLanguage, type Text, type Words } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { TableColumn } from "../table.ts";
import { columnsOfTable, type RoledColumn, spread } from "./columns.ts";
import { counted, problemOf } from "./problems.ts";

/** From this many rows on, it is not a coincidence if two columns are equal in every row. */
const ROWS_OF_A_COPY = 8;
/** From this many rows on, it is not a coincidence if the values of two columns correspond. */
const MANY_ROWS = 20;
/** At most this many evenly spread rows are examined. */
const MOST_ROWS = 100_000;
/** Fraction of the rows that may be exceptions: typing errors, late corrections. */
const EXCEPTIONS = 0.01;
/** The exceptions must also be at most this fraction of the rows that the target's most frequent value gets wrong. */
const OF_THE_OTHERS = 0.05;
/** If the feature determines the target but not the reverse, it needs this many rows per value. */
const ROWS_A_VALUE = 10;
/** From this correlation on, two columns are the same in other units, up to rounding. */
const STRAIGHT = 1 - 1e-6;
/** At most this many columns are named in the log. */
const MOST_NAMED = 5;
/** A feature with few values needs this many rows besides its most frequent value for its order to mean something. */
const ROWS_BESIDE = 5;

/** Warnings for the log at the start of a run, for tables whose target is one of the columns. */
export function leakWarnings(dataset: Dataset): readonly string[] {
  return leaksAmong(columnsOfTable(dataset) ?? [], dataset.length).map(({ title, remedy, items, total }) => {
    const said = (text: Text) => inLanguage(text, "en");
    const named = items.slice(0, MOST_NAMED).map(({ place, detail }) => `${said(place)}, ${said(detail)}`);
    return `${said(title)}: ${named.join("; ")}${total > named.length ? " …" : ""}. ${said(remedy)}`;
  });
}

/** @param length number of rows */
export function leaksAmong(columns: readonly RoledColumn[], length: number): readonly DataProblem[] {
  if (length < ROWS_OF_A_COPY) return [];
  const rows = spread(length, MOST_ROWS);
  const features = columns.flatMap(({ role, column }) => (role === "feature" ? [column] : []));
  const items = columns.flatMap(({ role, column: target }): readonly ProblemItem[] => {
    if (role !== "target") return [];
    const told = new Target(target, rows);
    return features.flatMap((feature) => {
      const detail = told.toldBy(feature, features.length > 1);
      return detail === null ? [] : [{ sample: null, place: say`column ${quote(feature.name)}`, detail }];
    });
  });
  return problemOf({
    kind: "leak",
    severity: "warning",
    title: say`${counted(items.length, "feature")} ${plural(items.length, "gives", "give")} away the target`,
    remedy: say`Put columns into data.source.ignore whose values are not known before the target is.`,
    items,
  });
}

/** A target, prepared for comparison with every feature. */
class Target {
  readonly #column: TableColumn;
  readonly #rows: Uint32Array;
  /** The value number of each row, from 0 in order of appearance. */
  readonly #numbers: Int32Array;
  readonly #distinct: number;
  readonly #mostFrequent: number;
  #order: Uint32Array | null = null;

  constructor(column: TableColumn, rows: Uint32Array) {
    this.#column = column;
    this.#rows = rows;
    const { numbers, counts } = numbered(column, rows, rows.length) ?? { numbers: new Int32Array(), counts: [] };
    this.#numbers = numbers;
    this.#distinct = counts.length;
    this.#mostFrequent = counts.reduce((most, count) => Math.max(most, count), 0);
  }

  /**
   * How a feature gives away the target; null if it does not.
   * @param hasOthers whether there are other features: a single feature may legitimately determine the target
   */
  toldBy(feature: TableColumn, hasOthers: boolean): Words | null {
    if (this.#distinct < 2) return null;
    const name = quote(this.#column.name);
    if (this.#isCopy(feature)) return say`the same as the target ${name} in every row`;
    if (this.#rows.length < MANY_ROWS) return null;
    return this.#byValues(feature, name) ?? this.#byLine(feature, name) ?? (hasOthers ? this.#byOrder(feature, name) : null);
  }

  #isCopy(feature: TableColumn): boolean {
    return this.#rows.every((row) => sameCell(feature, this.#column, row));
  }

  /** Every value corresponds to one value of the target. Not used if values hardly repeat: then that is true for any two columns. */
  #byValues(feature: TableColumn, name: string): Words | null {
    const { length } = this.#rows;
    const ofKind = this.#column.kind === "categorical";
    const most = Math.max(2 * this.#distinct <= length ? Math.ceil(this.#distinct * (1 + EXCEPTIONS)) : 0, ofKind ? Math.floor(length / ROWS_A_VALUE) : 0);
    const found = numbered(feature, this.#rows, most);
    if (found === null || found.counts.length < 2) return null;
    const { numbers, counts } = found;
    const there = exceptions(numbers, counts.length, this.#numbers);
    if (there > EXCEPTIONS * length || there > OF_THE_OTHERS * (length - this.#mostFrequent)) return null;
    const back = exceptions(this.#numbers, this.#distinct, numbers);
    const values = countText(counts.length, "en");
    if (there === 0 && back === 0 && counts.length === this.#distinct && 2 * counts.length <= length)
      return say`each of its ${values} values corresponds to one value of ${name}, and vice versa`;
    if (ROWS_A_VALUE * counts.length > length && back > EXCEPTIONS * length) return null;
    const share = there === 0 ? say`every row` : say`all but ${counted(there, "row")} of ${countText(length, "en")}`;
    return say`its ${values} values determine the value of ${name} in ${share}`;
  }

  #byLine(feature: TableColumn, name: string): Words | null {
    const correlation = correlationOf(feature, this.#column, this.#rows);
    return Math.abs(correlation) < STRAIGHT ? null : say`it is a linear function of ${name}: their correlation is ${correlation.toFixed(6)}`;
  }

  /** Sorted by the target, a number that always rises or always falls, or categories that are each contiguous. */
  #byOrder(feature: TableColumn, name: string): Words | null {
    const target = this.#column;
    if (target.kind === "categorical" || feature.kind === "time") return null;
    this.#order ??= this.#rows.slice().sort((a, b) => at(target.values, a) - at(target.values, b));
    const order = this.#order;
    if (feature.kind !== "categorical") {
      const steps = { up: 0, down: 0 };
      for (let i = 1; i < order.length; i++) {
        const step = at(feature.values, at(order, i)) - at(feature.values, at(order, i - 1));
        if (Number.isNaN(step)) return null;
        if (step > 0) steps.up++;
        else if (step < 0) steps.down++;
        if (steps.up > 0 && steps.down > 0) return null;
      }
      if (steps.up + steps.down < MANY_ROWS / 2) return null;
      return steps.up > 0 ? say`it rises with ${name} from every row to the next` : say`it falls with ${name} from every row to the next`;
    }
    const counts = new Map<number, number>();
    let pieces = 1;
    for (let i = 0; i < order.length; i++) {
      const code = at(feature.codes, at(order, i));
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (i > 0 && code !== feature.codes[at(order, i - 1)]) pieces++;
    }
    const most = Math.max(...counts.values());
    if (counts.size < 2 || pieces !== counts.size || counts.has(-1) || counts.size > MANY_ROWS || order.length - most < ROWS_BESIDE) return null;
    return say`each of its ${countText(counts.size, "en")} values corresponds to one range of ${name}`;
  }
}

function sameCell(a: TableColumn, b: TableColumn, row: number): boolean {
  const [x, y] = [cellOf(a, row), cellOf(b, row)];
  return typeof x === typeof y ? Object.is(x, y) : Number(x) === Number(y);
}

function cellOf(column: TableColumn, row: number): string | number {
  return column.kind === "categorical" ? (column.categories[at(column.codes, row)] ?? Number.NaN) : at(column.values, row);
}

/** Value numbers of some rows, and the frequency of each; null if there are more than `most`. Missing counts as a value. */
function numbered(column: TableColumn, rows: Uint32Array, most: number): { readonly numbers: Int32Array; readonly counts: readonly number[] } | null {
  const known = new Map<number, number>();
  const counts: number[] = [];
  const numbers = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const value = column.kind === "categorical" ? at(column.codes, row) : at(column.values, row);
    let number = known.get(value);
    if (number === undefined) {
      number = counts.length;
      if (number >= most) return null;
      known.set(value, number);
      counts.push(0);
    }
    numbers[i] = number;
    counts[number] = at(counts, number) + 1;
  }
  return { numbers, counts };
}

/** The number of rows in which `b` is not the most frequent value for the value of `a`. */
function exceptions(a: Int32Array, distinct: number, b: Int32Array): number {
  const together = Array.from({ length: distinct }, () => new Map<number, number>());
  for (let i = 0; i < a.length; i++) {
    const counts = at(together, at(a, i));
    const value = at(b, i);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return a.length - together.reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
}

/** Pearson correlation over the rows where both have values; 0 for constants and columns that are not numeric. */
function correlationOf(a: TableColumn, b: TableColumn, rows: Uint32Array): number {
  if (a.kind !== "numeric" || b.kind !== "numeric") return 0;
  let [count, meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const [x, y] = [at(a.values, rows[i] ?? 0), at(b.values, rows[i] ?? 0)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    const [fromA, fromB] = [x - meanA, y - meanB];
    meanA += fromA / count;
    meanB += fromB / count;
    squaresA += fromA * (x - meanA);
    squaresB += fromB * (y - meanB);
    products += fromA * (y - meanB);
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : 0;
}
