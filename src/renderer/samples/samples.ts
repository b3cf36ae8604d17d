/** Lists of samples to browse: the whole data set, one class, or the items of a problem. */
import type { Inspection, SampleView } from "../../shared/contract/inspection.ts";
import { at } from "../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { DAY_MS, dateText } from "../../shared/text/dates.ts";
import { figureText } from "../../shared/text/numbers.ts";

export interface SampleList {
  readonly length: number;
  /** The sample number at a position of the list. */
  at(position: number): number;
}

export function allSamples(length: number): SampleList {
  return { length, at: (position) => position };
}

export function theseSamples(numbers: readonly number[]): SampleList {
  return { length: numbers.length, at: (position) => at(numbers, position) };
}

/** The sample numbers of one page of a list. */
export function pageOf(list: SampleList, page: number, pageLength: number): readonly number[] {
  const from = page * pageLength;
  return Array.from({ length: Math.max(0, Math.min(pageLength, list.length - from)) }, (_, i) => list.at(from + i));
}

/** Pages that contain the positions `first` to `last`. */
export function pagesBetween(first: number, last: number, pageLength: number): readonly number[] {
  if (last < first) return [];
  const [from, to] = [Math.floor(first / pageLength), Math.floor(last / pageLength)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * Names of a table's features in the order of a sample's values; their indices if there are no names.
 * @param source the source while it is edited, before any inspection
 */
export function featureNames(facts: DatasetFacts, inspection: Inspection | null, source: Partial<SourceConfig> = {}): readonly string[] {
  const count = facts.sampleShape[0] ?? 0;
  const inspected = inspection?.columns.filter(({ role }) => role === "feature").map(({ name }) => name) ?? [];
  if (inspected.length === count) return inspected;
  const columns = facts.columns?.map(({ name }) => name) ?? [];
  if (columns.length === count) return columns;
  const others = [
    ...("target" in source && source.target !== undefined ? [source.target] : []),
    ...("ignore" in source ? (source.ignore ?? []) : []),
    ...(facts.leftOutColumns ?? []).map(({ name }) => name),
  ];
  const rest = facts.keys?.filter((name) => !others.includes(name)) ?? [];
  return rest.length === count ? rest : Array.from({ length: count }, (_, i) => String(i));
}

/** One value of a row as text: the name of a category, a date or a number; null if missing. */
export function cellText(value: number, column: ColumnFacts | undefined, language: string, isTime = false): string | null {
  if (Number.isNaN(value)) return null;
  if (column?.kind === "categorical") return column.categories[value] ?? String(value);
  // A sample stores days as float32, which is too coarse for the time of day.
  return isTime ? dateText(Math.floor(value) * DAY_MS) : figureText(value, language);
}

/** The value of a row at an index, as text. @param name of its feature */
export function rowCell(values: ArrayLike<number>, index: number, name: string, { columns, times }: DatasetFacts, language: string): string | null {
  return cellText(values[index] ?? Number.NaN, columns?.[index], language, times?.includes(name));
}

/** A sample's class, or its value as a formatted number. */
export function labelOf({ label }: Pick<SampleView, "label">, { target }: Pick<DatasetFacts, "target">, language: string): string {
  const value = Number(label);
  return target.kind === "regression" && label.trim() !== "" && Number.isFinite(value) ? figureText(value, language) : label;
}
