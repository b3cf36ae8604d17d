/** Problems of columns: missing values, constants, duplicates, row numbers, too many categories. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { at, quote } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import type { Text } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { TableColumn } from "../table.ts";
import { type ColumnFigures, distinctOf, missingOf } from "./columnFigures.ts";
import { problemOf, share } from "./problems.ts";
import { leaksAmong } from "./targetLeaks.ts";

const PERCENT = 100;
/** From this fraction of missing values on, a column is of little use. */
const MANY_MISSING = 0.5;
/** From this many rows on, consecutive integers are assumed to number the rows. */
const MANY_ROWS = 20;
/** Categories with fewer rows than this on average are too rare to learn from. */
const FEW_ROWS = 5;

export function columnProblems(dataset: Dataset, figures: readonly ColumnFigures[]): readonly DataProblem[] {
  const features = figures.filter(({ role }) => role === "feature");
  return [
    ...missing(dataset, features),
    ...constants(dataset, features),
    ...twins(features),
    ...leaksAmong(figures, dataset.length),
    ...identifiers(dataset, features),
    ...rareCategories(features),
  ];
}

function missing({ length }: Dataset, features: readonly ColumnFigures[]): readonly DataProblem[] {
  const found = features.filter((each) => missingOf(each) > 0).toSorted((a, b) => missingOf(b) - missingOf(a));
  const rows = found.reduce((most, each) => Math.max(most, missingOf(each)), 0);
  return problemOf({
    kind: "missingValues",
    severity: rows > MANY_MISSING * length ? "warning" : "info",
    title: say`${share(found.length, features.length, "column")} ${plural(found.length, "has", "have")} missing values, at most ${percent(rows, length)} of the rows`,
    remedy: say`Choose what fills them in the recipe's encoding; ignore columns that are mostly empty.`,
    items: found.map((each) => about(each, say`${share(missingOf(each), length, "row")} (${percent(missingOf(each), length)})`)),
  });
}

function constants({ length }: Dataset, features: readonly ColumnFigures[]): readonly DataProblem[] {
  const found = length < 2 ? [] : features.filter((each) => distinctOf(each) <= 1);
  return problemOf({
    kind: "constantColumn",
    severity: "warning",
    title: say`${share(found.length, features.length, "feature")} ${plural(found.length, "holds", "hold")} one value only`,
    remedy: say`Put them into data.source.ignore: they carry no information.`,
    items: found.map((each) => about(each, distinctOf(each) === 0 ? say`no value at all` : say`${valueText(each)} in every row that has a value`)),
  });
}

/** Columns that equal an earlier one in every row. */
function twins(features: readonly ColumnFigures[]): readonly DataProblem[] {
  const known = new Map<string, ColumnFigures[]>();
  const items: ProblemItem[] = [];
  for (const each of features) {
    // Constant columns are reported separately.
    if (distinctOf(each) <= 1) continue;
    const key = columnKey(each);
    const earlier = known.get(key) ?? [];
    known.set(key, earlier);
    const twin = earlier.find(({ column }) => sameColumn(column, each.column));
    if (twin === undefined) earlier.push(each);
    else items.push(about(each, say`the same as column ${quote(twin.column.name)}`));
  }
  return problemOf({
    kind: "duplicateColumn",
    severity: "warning",
    title: say`${share(items.length, features.length, "feature")} ${plural(items.length, "repeats", "repeat")} another`,
    remedy: say`Put the copies into data.source.ignore: they add weights but no information.`,
    items,
  });
}

/** A cheap key that equal columns share; the rows are compared afterwards. */
function columnKey({ column, summary }: ColumnFigures): string {
  if (summary.kind !== "categorical") return JSON.stringify([summary.numbers.mean, summary.numbers.median, summary.numbers.missing, summary.numbers.distinct]);
  return JSON.stringify([column.kind, summary.distinct, summary.missing, summary.categories.slice(0, 3)]);
}

function sameColumn(a: TableColumn, b: TableColumn): boolean {
  if (a.kind === "categorical" || b.kind === "categorical") {
    if (a.kind !== "categorical" || b.kind !== "categorical") return false;
    const names = new Map(b.categories.map((name, code) => [name, code]));
    const codes = Int32Array.from(a.categories, (name) => names.get(name) ?? -2);
    return a.codes.every((code, i) => (code < 0 ? code : codes[code]) === b.codes[i]);
  }
  const { values } = b;
  return a.values.every((value, i) => value === values[i] || (Number.isNaN(value) && Number.isNaN(values[i])));
}

/** Integer columns that number the rows: all different, with no gaps, or each one more than the row before. */
function identifiers({ length }: Dataset, features: readonly ColumnFigures[]): readonly DataProblem[] {
  // A single feature may legitimately count: days, sizes, steps.
  const found = length < MANY_ROWS || features.length === 1 ? [] : features.filter(isCounter);
  return problemOf({
    kind: "identifierColumn",
    severity: "warning",
    title: say`${share(found.length, features.length, "feature")} ${plural(found.length, "numbers", "number")} the rows`,
    remedy: say`Put them into data.source.ignore: a network learns the order of the file from them, which new data do not have.`,
    items: found.map((each) => about(each, say`${countText(distinctOf(each), "en")} different integers in ${countText(length, "en")} rows`)),
  });
}

function isCounter({ column, summary, numbers }: ColumnFigures): boolean {
  if (column.kind !== "numeric" || summary.kind === "categorical" || numbers === null || !numbers.whole) return false;
  const { count, distinct, min, max } = numbers.summary;
  if (distinct !== count || count !== column.values.length || min === null || max === null) return false;
  return max - min === count - 1 || column.values.every((value, i) => i === 0 || value > at(column.values, i - 1));
}

function rareCategories(features: readonly ColumnFigures[]): readonly DataProblem[] {
  const items = features.flatMap((each) => {
    const { summary } = each;
    if (summary.kind !== "categorical" || summary.distinct < MANY_ROWS || summary.count >= FEW_ROWS * summary.distinct) return [];
    return [about(each, say`${countText(summary.distinct, "en")} categories in ${countText(summary.count, "en")} rows`)];
  });
  return problemOf({
    kind: "identifierColumn",
    severity: "info",
    title: say`${share(items.length, features.length, "feature")} ${plural(items.length, "has", "have")} fewer than ${FEW_ROWS} rows per category`,
    remedy: say`Put them into data.source.ignore, or use coarser categories: rare categories are hardly learned, and those beyond maxCategories are merged.`,
    items,
  });
}

function about({ column }: ColumnFigures, detail: Text): ProblemItem {
  return { sample: null, place: say`column ${quote(column.name)}`, detail };
}

function valueText({ summary }: ColumnFigures): string {
  return summary.kind === "categorical" ? quote(summary.categories[0]?.name) : String(summary.numbers.min);
}

function percent(count: number, total: number): string {
  const value = (PERCENT * count) / total;
  return `${value < 1 ? value.toPrecision(1) : value.toFixed(1)} %`;
}
