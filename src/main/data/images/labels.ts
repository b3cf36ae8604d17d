/** Reads a table with one row per image: which image a row names, and its target. */
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { NamedFile } from "../files.ts";
import { spellingGuess } from "../nameSpelling.ts";
import { countOf, itemsOf, type LeftOut, problemOf } from "../sampleFiles/findings.ts";
import { type Part, partOfName } from "../sampleFiles/partNames.ts";
import type { TableColumn } from "../table.ts";
import { loadCsv } from "../tables/loadCsv.ts";
import type { ColumnKinds } from "../tables/loadedTable.ts";
import { columnSpellings, withMergedNames } from "../tables/mergeNames.ts";
import { taskOfColumn } from "../tables/targetTask.ts";
import { taskGuess } from "../taskOf.ts";
import { fromOneHot, otherTargets } from "./labelColumns.ts";
import { nameMatcher } from "./matchNames.ts";
import { inPartOrder, rowParts } from "./rowParts.ts";

const CLASSES = { en: "The classes", ko: "클래스" };

export interface LabelConfig {
  readonly file: NamedFile;
  readonly fileColumn: string;
  readonly targetColumn: string;
  readonly task: "classification" | "regression";
  /** Columns of zeros and ones, one per class, used instead of the target column. */
  readonly oneHot?: readonly string[] | undefined;
  /** The column that gives the part of each image; empty for none; guessed if undefined. */
  readonly partColumn?: string | undefined;
  /** Whether class names that differ only in spelling are merged. */
  readonly mergeNames?: boolean | undefined;
}

export interface LabelledRow {
  readonly row: number;
  /** The image's path in the folder. */
  readonly place: string;
  /** Class number or value. */
  readonly target: number;
  readonly part: Part;
}

export interface Labels {
  /** Rows whose image exists and whose target is known, ordered by part, then as in the table. */
  readonly rows: readonly LabelledRow[];
  /** All class names in the column, in order; null for a regression. */
  readonly classes: readonly string[] | null;
  readonly columns: readonly TableColumn[];
  readonly problems: readonly DataProblem[];
  readonly guesses: readonly Guess[];
}

/**
 * @param places paths of the images in the folder
 * @throws Fault if a column is missing or no row has an image
 */
export async function readLabels(config: LabelConfig, places: readonly string[]): Promise<Labels> {
  const { file, fileColumn, targetColumn, task, oneHot = [], partColumn } = config;
  const kinds: ColumnKinds = {
    ...Object.fromEntries(oneHot.map((name) => [name, "numeric" as const])),
    ...(oneHot.length > 0 ? {} : { [targetColumn]: task === "classification" ? "categorical" : "numeric" }),
    ...(partColumn === undefined || partColumn === "" ? {} : { [partColumn]: "categorical" }),
    [fileColumn]: "categorical",
  };
  const { table: read, problems, place } = await loadCsv(file, { kinds, checkNames: (names, line) => checkColumns(config, names, line) });
  const table = withMergedNames(read, config.mergeNames === true ? [targetColumn] : []);
  const files = columnNamed(table.columns, fileColumn);
  const target = oneHot.length > 0 ? fromOneHot(oneHot.map((name) => columnNamed(table.columns, name))) : columnNamed(table.columns, targetColumn);
  const names = Array.from({ length: table.length }, (_, row) => textOf(files, row));
  const matches = nameMatcher(places)(names, partOfName(path.basename(file.path))?.part);
  const rows: Omit<LabelledRow, "part">[] = [];
  const absent: LeftOut[] = [];
  const unknown: LeftOut[] = [];
  const changed = { spelling: [] as LeftOut[], folders: [] as LeftOut[] };
  const used = new Set<string>();
  for (let row = 0; row < table.length; row++) {
    const name = names[row] ?? null;
    const match = matches[row];
    if (match !== undefined && match.changed !== "no") changed[match.changed].push({ place: place(row), reason: `${name} is matched to ${match.place}` });
    const found = match?.place;
    if (found === undefined) absent.push({ place: place(row), reason: name === null ? "names no image" : `${name} is not in the folder` });
    else {
      used.add(found);
      const value = target.kind === "categorical" ? at(target.codes, row) : at(target.values, row);
      if (target.kind === "categorical" ? value < 0 : Number.isNaN(value))
        unknown.push({ place: place(row), reason: oneHot.length > 0 ? `has not one 1 in ${oneHot.join(", ")}` : `has no ${targetColumn} that can be read` });
      else rows.push({ row, place: found, target: value });
    }
  }
  if (rows.length === 0) throw noRowsFault(config, { names, places, absent, unknown });
  const spellings = oneHot.length > 0 ? [] : columnSpellings(target);
  const unlabelled = places.filter((each) => !used.has(each));
  const taken = new Set([fileColumn, ...(oneHot.length > 0 ? oneHot : [targetColumn])]);
  const { parts, guesses } = rowParts(
    table.columns.filter(({ name }) => !taken.has(name)),
    rows,
    partColumn,
  );
  const targetGuesses = [
    taskGuess(target.name, taskOfColumn(target), task),
    ...otherTargets(table.columns, { file: fileColumn, target: targetColumn, task }),
    spellings.length === 0 || config.mergeNames !== undefined ? null : spellingGuess(CLASSES, spellings, { mergeNames: true }),
  ].filter((guess) => guess !== null);
  return {
    rows: inPartOrder(rows.map((row, i) => ({ ...row, part: at(parts, i) }))),
    classes: target.kind === "categorical" ? target.categories : null,
    columns: table.columns,
    guesses: [...guesses, ...(oneHot.length > 0 ? [] : targetGuesses)],
    problems: [
      ...problems,
      ...problemOf({
        kind: "note",
        severity: "info",
        title: `${countOf(changed.spelling.length, table.length, "row")} name${changed.spelling.length === 1 ? "s its image" : " their images"} differently from the folder, and ${changed.spelling.length === 1 ? "is" : "are"} matched by the end of the path`,
        remedy: "Nothing, if the matches are right: case, file extension and leading folders were ignored.",
        items: itemsOf(changed.spelling),
      }),
      ...problemOf({
        kind: "note",
        severity: "warning",
        title: `${countOf(changed.folders.length, table.length, "row")} name${changed.folders.length === 1 ? "s an image" : " images"} in another folder than the one where ${changed.folders.length === 1 ? "it was" : "they were"} found`,
        remedy: `Check that they are the same images; otherwise correct the column ${quote(fileColumn)}.`,
        items: itemsOf(changed.folders),
      }),
      ...problemOf({
        kind: "unreadable",
        severity: "error",
        title: `${countOf(absent.length, table.length, "row")} name${absent.length === 1 ? "s" : ""} an image that is not there, and ${absent.length === 1 ? "is" : "are"} left out`,
        remedy: `Add the images, or correct the column ${quote(fileColumn)}.`,
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
        title: `${countText(unlabelled.length, "en")} ${unlabelled.length === 1 ? "image has" : "images have"} no row and ${unlabelled.length === 1 ? "is" : "are"} ignored`,
        remedy: "Add rows for them, or leave them out.",
        items: itemsOf(unlabelled.map((each) => ({ place: each, reason: "in no row" }))),
      }),
    ],
  };
}

/** The chosen rows of a column: one value per sample. */
export function takeRows(column: TableColumn, rows: readonly number[]): TableColumn {
  return column.kind === "categorical"
    ? { ...column, codes: Int32Array.from(rows, (row) => at(column.codes, row)) }
    : { ...column, values: Float64Array.from(rows, (row) => at(column.values, row)) };
}

/** A cell as written; null if it is missing. */
export function textOf(column: TableColumn, row: number): string | null {
  return column.kind === "categorical" ? (column.categories[at(column.codes, row)] ?? null) : String(at(column.values, row));
}

function columnNamed(columns: readonly TableColumn[], name: string): TableColumn {
  return at(
    columns.filter((column) => column.name === name),
    0,
  );
}

function checkColumns({ fileColumn, targetColumn, oneHot = [], partColumn = "" }: LabelConfig, names: readonly string[], place: string): void {
  const wanted: readonly (readonly [string, string])[] = [
    ["data.source.file", fileColumn],
    ...(oneHot.length > 0 ? oneHot.map((name) => ["data.source.oneHot", name] as const) : [["data.source.target", targetColumn] as const]),
    ...(partColumn === "" ? [] : [["data.source.partColumn", partColumn] as const]),
  ];
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
  if (fileColumn === targetColumn && oneHot.length === 0 && problems.length === 0)
    problems.push({
      place: "data.source.target",
      expected: "must not be the column of the images",
      received: quote(targetColumn),
      remedy: "Choose the column to predict.",
    });
  if (problems.length > 0) throw new Fault("input", problems);
}

interface Nothing {
  readonly names: readonly (string | null)[];
  readonly places: readonly string[];
  readonly absent: readonly LeftOut[];
  readonly unknown: readonly LeftOut[];
}

function noRowsFault({ file, fileColumn, targetColumn }: LabelConfig, { names, places, absent, unknown }: Nothing): Fault {
  const first = at([...absent, ...unknown], 0);
  const some = (texts: readonly (string | null)[]) =>
    texts
      .flatMap((text) => (text === null ? [] : [quote(text)]))
      .slice(0, 2)
      .join(", ");
  const rows = `${countText(names.length, "en")} ${names.length === 1 ? "row" : "rows"} without`;
  return new Fault("input", [
    {
      place: file.path,
      expected: "must have a row with a target for at least one image of the folder",
      received:
        unknown.length === 0 && places.length > 0
          ? `${rows}: the column ${quote(fileColumn)} names ${some(names) || "nothing"}, the folder has ${some(places)}`
          : `${rows}: ${first.place} ${first.reason.startsWith("has") ? first.reason : `— ${first.reason}`}`,
      remedy: `Check the folder, and the columns ${quote(fileColumn)} and ${quote(targetColumn)}.`,
    },
  ]);
}
