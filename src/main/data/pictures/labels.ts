/** A table with a row for every picture: which row is which picture, and what its target is. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { NamedFile } from "../files.ts";
import { countOf, format, itemsOf, type LeftOut, problemOf } from "../sampleFiles/findings.ts";
import { composed } from "../sampleFiles/folderTree.ts";
import type { TableColumn } from "../table.ts";
import { loadCsv } from "../tables/loadCsv.ts";
import { taskOfColumn } from "../tables/targetTask.ts";
import { taskGuess } from "../taskOf.ts";

export interface LabelConfig {
  readonly file: NamedFile;
  readonly fileColumn: string;
  readonly targetColumn: string;
  readonly task: "classification" | "regression";
}

export interface LabelledRow {
  readonly row: number;
  /** As found in the folder. */
  readonly place: string;
  /** Class number, or value. */
  readonly target: number;
}

export interface Labels {
  /** Rows whose picture is there and whose target is known, in the table's order. */
  readonly rows: readonly LabelledRow[];
  /** Every class that the column names, in order; null for a regression. */
  readonly classes: readonly string[] | null;
  readonly columns: readonly TableColumn[];
  readonly problems: readonly DataProblem[];
  readonly guesses: readonly Guess[];
}

/**
 * @param places of the pictures that are in the folder
 * @throws Fault where a column is missing or no row has a picture
 */
export async function readLabels(config: LabelConfig, places: readonly string[]): Promise<Labels> {
  const { file, fileColumn, targetColumn, task } = config;
  const kinds = { [fileColumn]: "categorical", [targetColumn]: task === "classification" ? "categorical" : "numeric" } as const;
  const { table, problems, place } = await loadCsv(file, { kinds, checkNames: (names, line) => checkColumns(config, names, line) });
  const files = columnNamed(table.columns, fileColumn);
  const target = columnNamed(table.columns, targetColumn);
  const find = finder(places);
  const rows: LabelledRow[] = [];
  const absent: LeftOut[] = [];
  const unknown: LeftOut[] = [];
  const used = new Set<string>();
  for (let row = 0; row < table.length; row++) {
    const name = textOf(files, row);
    const found = name === null ? undefined : find(name);
    if (found === undefined) absent.push({ place: place(row), reason: name === null ? "names no picture" : `${name} is not in the folder` });
    else {
      used.add(found);
      const value = target.kind === "categorical" ? at(target.codes, row) : at(target.values, row);
      if (target.kind === "categorical" ? value < 0 : Number.isNaN(value))
        unknown.push({ place: place(row), reason: `has no ${targetColumn} that can be read` });
      else rows.push({ row, place: found, target: value });
    }
  }
  if (rows.length === 0) throw noRowsFault(config, table.length, absent, unknown);
  const unlabelled = places.filter((each) => !used.has(each));
  return {
    rows,
    classes: target.kind === "categorical" ? target.categories : null,
    columns: table.columns,
    guesses: [taskGuess(target.name, taskOfColumn(target), task)].filter((guess) => guess !== null),
    problems: [
      ...problems,
      ...problemOf({
        kind: "unreadable",
        severity: "error",
        title: `${countOf(absent.length, table.length, "row")} name${absent.length === 1 ? "s" : ""} a picture that is not there, and ${absent.length === 1 ? "is" : "are"} left out`,
        remedy: `Add the pictures, or correct the column ${quote(fileColumn)}.`,
        items: itemsOf(absent),
      }),
      ...problemOf({
        kind: "missingValues",
        severity: "error",
        title: `${countOf(unknown.length, table.length, "row")} ${unknown.length === 1 ? "has" : "have"} no target and ${unknown.length === 1 ? "is" : "are"} left out`,
        remedy: `Fill in the column ${quote(targetColumn)}.`,
        items: itemsOf(unknown),
      }),
      ...problemOf({
        kind: "unreadable",
        severity: "info",
        title: `${format(unlabelled.length)} ${unlabelled.length === 1 ? "picture has" : "pictures have"} no row and ${unlabelled.length === 1 ? "is" : "are"} passed over`,
        remedy: "Add rows for them, or leave them out.",
        items: itemsOf(unlabelled.map((each) => ({ place: each, reason: "in no row" }))),
      }),
    ],
  };
}

/** The chosen rows of a column: one value a sample. */
export function takeRows(column: TableColumn, rows: readonly number[]): TableColumn {
  return column.kind === "categorical"
    ? { ...column, codes: Int32Array.from(rows, (row) => at(column.codes, row)) }
    : { ...column, values: Float64Array.from(rows, (row) => at(column.values, row)) };
}

/** Finds a picture by what a table calls it: its path in the folder with any slashes, with or without the ending, or its name alone where it is the only one. */
export function finder(places: readonly string[]): (name: string) => string | undefined {
  const exact = new Map(places.map((place) => [composed(place), place]));
  const loose = new Map<string, string | null>();
  for (const [name, place] of exact) {
    const base = name.slice(name.lastIndexOf("/") + 1);
    // Null: several pictures would fit.
    for (const key of new Set([stem(name), base, stem(base)])) loose.set(key, loose.has(key) && loose.get(key) !== place ? null : place);
  }
  return (name) => {
    const tidy = composed(name)
      .trim()
      .replaceAll("\\", "/")
      .replace(/^(?:\.?\/)+/, "");
    return exact.get(tidy) ?? loose.get(tidy) ?? undefined;
  };
}

function stem(place: string): string {
  return place.replace(/\.[^./]*$/, "");
}

/** A cell as it is written; null where it is missing. */
export function textOf(column: TableColumn, row: number): string | null {
  return column.kind === "categorical" ? (column.categories[at(column.codes, row)] ?? null) : String(at(column.values, row));
}

function columnNamed(columns: readonly TableColumn[], name: string): TableColumn {
  return at(
    columns.filter((column) => column.name === name),
    0,
  );
}

function checkColumns({ fileColumn, targetColumn }: LabelConfig, names: readonly string[], place: string): void {
  const wanted = [
    ["data.source.file", fileColumn],
    ["data.source.target", targetColumn],
  ] as const;
  const problems = wanted
    .filter(([, name]) => !names.includes(name))
    .map(([field, name]) => {
      const near = nearestName(name, names);
      return {
        place: field,
        expected: `must name a column of ${place}: ${names.slice(0, 20).map(quote).join(", ")}`,
        received: quote(name),
        remedy: near === undefined ? "Choose one of the columns." : `Did you mean ${quote(near)}?`,
      };
    });
  if (fileColumn === targetColumn && problems.length === 0)
    problems.push({
      place: "data.source.target",
      expected: "must be another column than the pictures'",
      received: quote(targetColumn),
      remedy: "Choose the column to predict.",
    });
  if (problems.length > 0) throw new Fault("input", problems);
}

function noRowsFault({ file, fileColumn, targetColumn }: LabelConfig, rows: number, absent: readonly LeftOut[], unknown: readonly LeftOut[]): Fault {
  const first = at([...absent, ...unknown], 0);
  return new Fault("input", [
    {
      place: file.path,
      expected: "must have a row with a target for at least one picture of the folder",
      received: `${format(rows)} ${rows === 1 ? "row" : "rows"} without: ${first.place} ${first.reason.startsWith("has") ? first.reason : `— ${first.reason}`}`,
      remedy: `Check the folder, and the columns ${quote(fileColumn)} and ${quote(targetColumn)}.`,
    },
  ]);
}
