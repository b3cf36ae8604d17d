/** Which columns of a table a source uses and how it reads them, as edited in the form. */
import { type DatasetFacts, type LeftOutColumn, sampleKind } from "../../shared/recipe/facts.ts";
import { holdsTable, isFormat } from "../../shared/recipe/formats/index.ts";
import { type ColumnKind, columnKind } from "../../shared/recipe/readings.ts";
import { getAt } from "../forms/path.ts";

export type Kinds = Readonly<Record<string, ColumnKind>>;

/** The kinds that a source can set for a column. */
export const KINDS: readonly ColumnKind[] = columnKind.options;

function isKind(value: unknown): value is ColumnKind {
  return columnKind.safeParse(value).success;
}

/** Everything known about a column of a table, independent of the current settings. */
export interface SeenColumn {
  readonly name: string;
  /** The kind guessed when the source did not set one; null if unknown. */
  readonly guess: ColumnKind | null;
  /** Why the column is no feature unless the source includes it; null for all others. */
  readonly leftOut: LeftOutColumn | null;
}

/** With more columns the form shows lists instead: setting them one by one would take too long. */
const MOST = 200;

/** Whether the columns can be set line by line. */
export function hasRoles({ keys = [], sampleShape }: DatasetFacts, source: unknown): boolean {
  const type = getAt(source, ["type"]);
  return typeof type === "string" && isFormat(type) && holdsTable(type) && sampleKind(sampleShape) === "tabular" && keys.length > 0 && keys.length <= MOST;
}

/** The columns in the facts. A kind that the source sets hides the guess, so the guess is kept from earlier facts. */
export function seenColumns(before: readonly SeenColumn[], facts: DatasetFacts, source: unknown): readonly SeenColumn[] {
  const kinds = kindsOf(source);
  const known = new Map(before.map((column) => [column.name, column]));
  const leftOut = new Map(facts.leftOutColumns?.map((column) => [column.name, column]));
  return [...new Set([...(facts.keys ?? []), ...leftOut.keys()])].map((name) => {
    const guess = Object.hasOwn(kinds, name) ? null : guessedKind(facts, name);
    return { name, guess: guess ?? known.get(name)?.guess ?? null, leftOut: leftOut.get(name) ?? known.get(name)?.leftOut ?? null };
  });
}

/** Whether the source uses the column as a feature. */
export function isUsed({ name, leftOut }: SeenColumn, ignored: readonly string[], kinds: Kinds): boolean {
  return !ignored.includes(name) && (leftOut === null || Object.hasOwn(kinds, name));
}

/** The values of `ignore` and `kinds` that make a column a feature or exclude it; undefined if they need no entry. */
export function withUse(
  { name, leftOut }: SeenColumn,
  use: boolean,
  ignored: readonly string[],
  kinds: Kinds,
): { readonly ignore: readonly string[] | undefined; readonly kinds: Kinds | undefined } {
  // A column that is left out by default needs no entry in `ignore`.
  if (leftOut !== null) return { ignore: withIgnored(ignored, name, false), kinds: withKind(kinds, name, use ? (leftOut.takeIn ?? "") : "") };
  return { ignore: withIgnored(ignored, name, !use), kinds: withKind(kinds, name, kinds[name] ?? "") };
}

export function ignoredOf(source: unknown): readonly string[] {
  const ignored = getAt(source, ["ignore"]);
  return Array.isArray(ignored) ? ignored.map(String) : [];
}

export function kindsOf(source: unknown): Kinds {
  const kinds = getAt(source, ["kinds"]);
  if (typeof kinds !== "object" || kinds === null) return {};
  return Object.fromEntries(Object.entries(kinds).filter((entry): entry is [string, ColumnKind] => isKind(entry[1])));
}

/** Undefined if no column is ignored: the recipe then omits the field. */
export function withIgnored(ignored: readonly string[], name: string, ignore: boolean): readonly string[] | undefined {
  const next = [...ignored.filter((each) => each !== name), ...(ignore ? [name] : [])];
  return next.length === 0 ? undefined : next;
}

/** @param kind empty to use the guess */
export function withKind(kinds: Kinds, name: string, kind: string): Kinds | undefined {
  const { [name]: _, ...others } = kinds;
  const next: Kinds = isKind(kind) ? { ...others, [name]: kind } : others;
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The kind that a feature column was read as; null if it was no feature. */
export function guessedKind({ columns, times = [], keys = [], leftOutColumns = [], sampleShape }: DatasetFacts, name: string): ColumnKind | null {
  if (times.includes(name)) return "time";
  if (columns !== undefined) return columns.find((column) => column.name === name)?.kind ?? null;
  // Without column facts every feature is numeric, and then all columns are features except the target and those left out.
  const out = leftOutColumns.map((column) => column.name);
  const others = keys.filter((key) => !out.includes(key));
  return others.includes(name) && others.length === (sampleShape[0] ?? 0) + 1 ? "numeric" : null;
}
