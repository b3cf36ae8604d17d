/** Categories and classes that differ only in spelling: reported, and merged if the source says so. */
import { at } from "../../../shared/kit/fault.ts";
import { compareNames } from "../nameOrder.ts";
import { mergedNames, nameKey, type Spellings, spellingsOf } from "../nameSpelling.ts";
import type { Table, TableColumn } from "../table.ts";

type CategoricalColumn = Extract<TableColumn, { readonly kind: "categorical" }>;

/** A column with more categories holds identifiers or free text. */
const MOST_CATEGORIES = 10_000;

/** The table with the spellings in the named columns merged. */
export function withMergedNames(table: Table, columns: readonly string[] = []): Table {
  if (columns.length === 0) return table;
  const merge = new Set(columns);
  return { ...table, columns: table.columns.map((column) => (column.kind === "categorical" && merge.has(column.name) ? merged(column) : column)) };
}

/** Rewrites a column's names to the known spellings of training. */
export function withKnownSpelling(column: CategoricalColumn, known: readonly string[]): CategoricalColumn {
  const spelling = new Map(known.map((name) => [nameKey(name), name]));
  const isKnown = new Set(known);
  return renamed(column, (name) => (isKnown.has(name) ? name : (spelling.get(nameKey(name)) ?? name)));
}

/** Names of a column that differ only in spelling; empty if there are too many to be categories. */
export function columnSpellings(column: TableColumn): readonly Spellings[] {
  if (column.kind !== "categorical" || column.categories.length > MOST_CATEGORIES) return [];
  const counts = new Float64Array(column.categories.length);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return spellingsOf(column.categories, counts);
}

function merged(column: CategoricalColumn): CategoricalColumn {
  const spellings = columnSpellings(column);
  return spellings.length === 0 ? column : renamed(column, mergedNames(spellings));
}

function renamed(column: CategoricalColumn, rename: (name: string) => string): CategoricalColumn {
  const names = column.categories.map(rename);
  const categories = [...new Set(names)].sort(compareNames);
  const numbers = new Map(categories.map((name, number) => [name, number]));
  const codeOf = Int32Array.from(names, (name) => numbers.get(name) ?? 0);
  return { ...column, codes: column.codes.map((code) => (code < 0 ? code : at(codeOf, code))), categories };
}
