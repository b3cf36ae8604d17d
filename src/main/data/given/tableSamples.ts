/**
 * Table rows for a network that was trained on a table. Columns are found by name, in any order, and read as in training. The target column may be
 * missing; other columns are ignored.
 */
import { at, Fault, nearestName, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { ColumnKind, ColumnReading, ColumnReadings } from "../../../shared/recipe/readings.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { NamedFile } from "../files.ts";
import type { TableColumn } from "../table.ts";
import { numberParts } from "../tables/cells/numberText.ts";
import { writeFeature } from "../tables/features.ts";
import type { LoadedTable, LoadOptions } from "../tables/loadedTable.ts";
import { withKnownSpelling } from "../tables/mergeNames.ts";
import { type GivenSamples, listed, type Truth } from "./given.ts";

/** What the network expects of a table. */
export interface WantedTable {
  /** The feature columns, in the order of the network's features. */
  readonly columns: readonly ColumnFacts[];
  readonly facts: Pick<DatasetFacts, "target" | "times" | "readings">;
  /** The target column; null if the source names none. */
  readonly target: string | null;
  /** Columns whose categories may be spelled differently. */
  readonly mergeNames?: readonly string[] | undefined;
  /** Reads the file as a table, with the settings of training. */
  load(file: NamedFile, options: LoadOptions): Promise<LoadedTable>;
}

/** At most this many columns are listed. */
const MAX_PROBLEMS = 4;
const MOST_NAMED = 20;

/** @throws Fault if the file cannot be read as a table, lacks a column, or a column holds something else than in training */
export async function tableSamples(file: string, wanted: WantedTable): Promise<GivenSamples> {
  const times = new Set(wanted.facts.times ?? []);
  const { target } = wanted;
  const kinds = new Map<string, ColumnKind>();
  const readings = new Map<string, ColumnReading>();
  for (const { name, kind } of wanted.columns) {
    kinds.set(name, times.has(name) ? "time" : kind);
    // Numbers that had no unit in training must have none now.
    readings.set(name, { ...(kind === "numeric" && !times.has(name) ? { unit: "" } : {}), ...wanted.facts.readings?.[name] });
  }
  if (target !== null) kinds.set(target, wanted.facts.target.kind === "classification" ? "categorical" : "numeric");
  const names = new Set(wanted.columns.map(({ name }) => name));
  const loaded = await wanted.load(
    { path: file, field: "the file" },
    {
      kinds: Object.fromEntries(kinds),
      readings: { ...wanted.facts.readings, ...Object.fromEntries(readings) },
      checkNames: (found, place) => requireColumns(wanted.columns, found, place),
      maySkip: (name) => !names.has(name),
    },
  );
  const byName = new Map(loaded.table.columns.map((column) => [column.name, spelledAsKnown(column, wanted)]));
  const features = wanted.columns.map((column) => feature(file, column, byName.get(column.name), times.has(column.name), loaded, wanted.facts.readings ?? {}));
  const targetColumn = target === null ? undefined : byName.get(target);
  const others = [...byName.keys(), ...loaded.skipped].filter((name) => !names.has(name) && name !== target);
  return {
    length: loaded.table.length,
    notes: [...features.flatMap(({ notes }) => notes), ...(others.length === 0 ? [] : [`${listed(others, "column")} that the network does not use, ignored`])],
    number: (position) => position,
    place: (position) => loaded.place(position),
    truth: (position) => (targetColumn === undefined ? null : truthIn(targetColumn, position)),
    fetch: async (positions) => {
      const width = features.length;
      const samples = new Float32Array(positions.length * width);
      for (const [offset, { column }] of features.entries()) writeFeature(column, positions, samples, offset, width);
      return { samples, broken: new Map() };
    },
    close: async () => {},
  };
}

/** A column whose spellings were merged in training, with the spellings of training. */
function spelledAsKnown(column: TableColumn, { columns, facts, target, mergeNames = [] }: WantedTable): TableColumn {
  if (column.kind !== "categorical" || !mergeNames.includes(column.name)) return column;
  const feature = columns.find(({ name }) => name === column.name);
  if (feature?.kind === "categorical") return withKnownSpelling(column, feature.categories);
  return column.name === target && facts.target.kind === "classification" ? withKnownSpelling(column, facts.target.classes) : column;
}

/** Samples of a table data set with the columns of training, in case the data have changed since: in the training order, with the training category numbers. */
export function matchedColumns(samples: GivenSamples, dataset: Dataset, columns: readonly ColumnFacts[]): GivenSamples {
  const found = dataset.featureColumns ?? [];
  if (JSON.stringify(found.map(shapeOf)) === JSON.stringify(columns.map(shapeOf))) return samples;
  requireColumns(
    columns,
    found.map(({ name }) => name),
    dataset.name,
  );
  const plans = columns.map((wanted) => {
    const index = found.findIndex(({ name }) => name === wanted.name);
    const there = at(found, index);
    if (there.kind !== wanted.kind) throw new Fault("input", [unfit(dataset.name, wanted.name, `must be ${wanted.kind}`, there.kind)]);
    return { index, codes: there.kind === "categorical" && wanted.kind === "categorical" ? knownNumbers(there.categories, wanted.categories) : null };
  });
  return {
    ...samples,
    fetch: async (positions) => {
      const { samples: raw, broken } = await samples.fetch(positions);
      const matched = new Float32Array(positions.length * columns.length);
      for (const [offset, { index, codes }] of plans.entries())
        for (let row = 0; row < positions.length; row++) {
          const value = raw[row * found.length + index] ?? Number.NaN;
          matched[row * columns.length + offset] = codes === null || Number.isNaN(value) ? value : at(codes, value);
        }
      return { samples: matched, broken };
    },
  };
}

const shapeOf = (column: ColumnFacts) => (column.kind === "categorical" ? [column.name, column.categories] : [column.name]);

function requireColumns(columns: readonly ColumnFacts[], found: readonly string[], place: string): void {
  const missing = columns.filter(({ name }) => !found.includes(name));
  if (missing.length === 0) return;
  const unused = found.filter((name) => !columns.some((column) => column.name === name));
  const received = `the columns ${found.slice(0, MOST_NAMED).map(quote).join(", ")}${found.length > MOST_NAMED ? " …" : ""}`;
  if (missing.length > MAX_PROBLEMS) {
    const names = missing.map(({ name }) => quote(name));
    const expected = `must have the columns that the network was trained on; ${missing.length} of ${columns.length} are missing: ${names.slice(0, MAX_PROBLEMS).join(", ")} …`;
    throw new Fault("input", [{ place, expected, received, remedy: "Name a file with these columns, or rename those of this one." }]);
  }
  const problems: Problem[] = missing.map(({ name }) => {
    const near = nearestName(name, unused);
    return {
      place,
      expected: `must have the column ${quote(name)}, which the network was trained on`,
      received,
      remedy: near === undefined ? "Add the column; leave its cells empty if the values are unknown." : `Is it the column ${quote(near)}? Then rename it.`,
    };
  });
  throw new Fault("input", problems);
}

/** A column with the category numbers of training, and notes about it. */
function feature(
  file: string,
  wanted: ColumnFacts,
  column: TableColumn | undefined,
  isTime: boolean,
  { badCounts, table }: LoadedTable,
  readings: ColumnReadings,
): { readonly column: TableColumn; readonly notes: readonly string[] } {
  const { name } = wanted;
  if (column === undefined) throw new Fault("input", [unfit(file, name, "must hold single values", "lists or structures")]);
  if (wanted.kind === "categorical") {
    if (column.kind !== "categorical") throw new Fault("input", [unfit(file, name, "must hold categories", "numbers")]);
    return withKnownNumbers(column, wanted.categories);
  }
  const bad = badCounts.get(name) ?? 0;
  const notes =
    bad === 0
      ? []
      : [`column ${name}: ${countText(bad, "en")} ${bad === 1 ? "cell is" : "cells are"} not a ${isTime ? "date" : "number"}, and treated as missing`];
  if (column.kind === "categorical" && column.categories.length === 0)
    return { column: { name, kind: "numeric", values: new Float64Array(column.codes.length).fill(Number.NaN) }, notes };
  if (column.kind === "categorical")
    throw new Fault("input", [
      unfit(
        file,
        name,
        isTime ? "must hold dates such as 2026-01-31, as in training" : "must hold numbers, as in training",
        `text such as ${quote(column.categories[0])}`,
      ),
    ]);
  const isEmpty = column.values.every(Number.isNaN);
  const otherUnit = isEmpty && !isTime ? table.badCells.find((cell) => cell.column === name && numberParts(cell.text) !== null) : undefined;
  if (otherUnit !== undefined) {
    const unit = readings[name]?.unit ?? "";
    throw new Fault("input", [unfit(file, name, `must hold numbers ${unit === "" ? "without a unit" : `in ${unit}`}, as in training`, quote(otherUnit.text))]);
  }
  if (isTime && column.kind !== "time" && !isEmpty)
    throw new Fault("input", [unfit(file, name, "must hold dates such as 2026-01-31, as in training", "numbers")]);
  if (!isTime && column.kind === "time") throw new Fault("input", [unfit(file, name, "must hold numbers, as in training", "dates")]);
  return { column, notes };
}

function unfit(file: string, name: string, expected: string, received: string): Problem {
  return { place: `${file}, column ${quote(name)}`, expected, received, remedy: "Write the column as it is in the training data." };
}

/** Numbers categories as in training; a category unknown in training gets the next number after the last. */
function withKnownNumbers(column: Extract<TableColumn, { readonly kind: "categorical" }>, known: readonly string[]) {
  const codes = knownNumbers(column.categories, known);
  const unknown = column.categories.filter((_, code) => codes[code] === known.length);
  const notes = unknown.length === 0 ? [] : [`column ${column.name}: ${listed(unknown, "value")} that training never saw`];
  return { column: { ...column, codes: column.codes.map((code) => (code < 0 ? code : at(codes, code))) }, notes };
}

/** The training number of each category, or the next number after the last. */
function knownNumbers(categories: readonly string[], known: readonly string[]): Int32Array {
  const numbers = new Map(known.map((name, number) => [name, number]));
  return Int32Array.from(categories, (name) => numbers.get(name) ?? known.length);
}

function truthIn(column: TableColumn, row: number): Truth | null {
  if (column.kind === "categorical") return column.categories[at(column.codes, row)] ?? null;
  const value = at(column.values, row);
  return Number.isNaN(value) ? null : [value];
}
