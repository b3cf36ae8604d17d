/** Which columns of a table a source uses and how it reads them, as the form changes it. */
import { type DatasetFacts, type LeftOutColumn, sampleKind } from "../../shared/recipe/facts.ts";
import { holdsTable, isFormat } from "../../shared/recipe/formats/index.ts";
import { type ColumnKind, columnKind } from "../../shared/recipe/readings.ts";
import { getAt } from "../forms/path.ts";

export type Kinds = Readonly<Record<string, ColumnKind>>;

/** What a source can say of a column. */
export const KINDS: readonly ColumnKind[] = columnKind.options;

function isKind(value: unknown): value is ColumnKind {
  return columnKind.safeParse(value).success;
}

/** A column of a table as it has been seen so far, whatever the source says of it now. */
export interface SeenColumn {
  readonly name: string;
  /** What it was taken for where the source did not say; null where that is not known. */
  readonly guess: ColumnKind | null;
  /** Why it is no feature unless the source takes it in; null for all others. */
  readonly leftOut: LeftOutColumn | null;
}

/** More columns are written as lists: nobody sets them one by one. */
const MOST = 200;

/** Whether the columns of what was recognised can be set line by line. */
export function hasRoles({ keys = [], sampleShape }: DatasetFacts, source: unknown): boolean {
  const type = getAt(source, ["type"]);
  return typeof type === "string" && isFormat(type) && holdsTable(type) && sampleKind(sampleShape) === "tabular" && keys.length > 0 && keys.length <= MOST;
}

/** The columns that facts tell of. What a source sets hides what would be judged: that is remembered from the facts before. */
export function seenColumns(before: readonly SeenColumn[], facts: DatasetFacts, source: unknown): readonly SeenColumn[] {
  const kinds = kindsOf(source);
  const known = new Map(before.map((column) => [column.name, column]));
  const leftOut = new Map(facts.leftOutColumns?.map((column) => [column.name, column]));
  return [...new Set([...(facts.keys ?? []), ...leftOut.keys()])].map((name) => {
    const guess = Object.hasOwn(kinds, name) ? null : guessedKind(facts, name);
    return { name, guess: guess ?? known.get(name)?.guess ?? null, leftOut: leftOut.get(name) ?? known.get(name)?.leftOut ?? null };
  });
}

/** Whether a column is a feature as the source stands. */
export function isUsed({ name, leftOut }: SeenColumn, ignored: readonly string[], kinds: Kinds): boolean {
  return !ignored.includes(name) && (leftOut === null || Object.hasOwn(kinds, name));
}

/** What `ignore` and `kinds` must say so that a column is a feature, or none; undefined where they need to say nothing. */
export function withUse(
  { name, leftOut }: SeenColumn,
  use: boolean,
  ignored: readonly string[],
  kinds: Kinds,
): { readonly ignore: readonly string[] | undefined; readonly kinds: Kinds | undefined } {
  // What is no feature by itself needs no mention to stay out.
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

/** Undefined where no column is ignored: the recipe then says nothing of it. */
export function withIgnored(ignored: readonly string[], name: string, ignore: boolean): readonly string[] | undefined {
  const next = [...ignored.filter((each) => each !== name), ...(ignore ? [name] : [])];
  return next.length === 0 ? undefined : next;
}

/** @param kind empty for what is guessed */
export function withKind(kinds: Kinds, name: string, kind: string): Kinds | undefined {
  const { [name]: _, ...others } = kinds;
  const next: Kinds = isKind(kind) ? { ...others, [name]: kind } : others;
  return Object.keys(next).length === 0 ? undefined : next;
}

/** What a feature column was taken for; null where it was none, so that nothing is known of it. */
export function guessedKind({ columns, times = [], keys = [], leftOutColumns = [], sampleShape }: DatasetFacts, name: string): ColumnKind | null {
  if (times.includes(name)) return "time";
  if (columns !== undefined) return columns.find((column) => column.name === name)?.kind ?? null;
  // Without facts of its own every feature is a number; all columns but the target and those left out are features then.
  const out = leftOutColumns.map((column) => column.name);
  const others = keys.filter((key) => !out.includes(key));
  return others.includes(name) && others.length === (sampleShape[0] ?? 0) + 1 ? "numeric" : null;
}
