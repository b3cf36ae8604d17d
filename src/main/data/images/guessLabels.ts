/** A first guess at which table in a folder of images has their labels, and in which columns; the person corrects it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import type { NamedFile } from "../files.ts";
import type { SetFields } from "../readers/reader.ts";
import { findClassFolders } from "../sampleFiles/classFolders.ts";
import { compare, listFiles, type Wanted } from "../sampleFiles/folderTree.ts";
import { partOfName } from "../sampleFiles/partNames.ts";
import type { TableColumn } from "../table.ts";
import { guessTarget } from "../tables/guessTarget.ts";
import { sampleCsv } from "../tables/loadCsv.ts";
import { oneHotColumns } from "./labelColumns.ts";
import { textOf } from "./labels.ts";
import { type NameMatcher, nameMatcher } from "./matchNames.ts";

export interface LabelsGuess {
  /** The table's path. */
  readonly labels: string;
  readonly file: string;
  readonly target: string;
  readonly task: "classification" | "regression";
  /** Columns of zeros and ones, one a class. */
  readonly oneHot?: string[];
}

const TABLES = /\.(?:csv|tsv|tab|txt|dat)$/i;
/** What a competition wants back, filled with anything. */
const SUBMISSION = /submission|submit|predictions?\./i;
/** The first rows, which are enough to tell whether a column names images. */
const MOST_ROWS = 200;

/**
 * Null where no table in the folder names images of it.
 * @param set fields of the source that the person has set already: the target that they name is the target
 */
export async function guessLabels(root: NamedFile, wanted: Wanted, set: SetFields = {}): Promise<LabelsGuess | null> {
  const tables = inOrder((await readdir(root.path)).filter((name) => TABLES.test(name) && !SUBMISSION.test(name)));
  if (tables.length === 0) return null;
  const places = await listFiles(root, wanted);
  const match = nameMatcher(places);
  let foreign: Fault | null = null;
  for (const name of tables) {
    const labels = path.join(root.path, name);
    const columns = await columnsOf(labels);
    const part = partOfName(name)?.part ?? null;
    const file = columns.find((column) => namesImages(column, (names) => match(names, part)));
    if (file === undefined) {
      const named = columns.find((column) => namesFiles(column, wanted));
      if (named !== undefined) foreign ??= foreignFault(labels, named, places);
      continue;
    }
    const others = columns.filter((column) => column !== file);
    const guess = guessTarget([file, ...others], set);
    if (guess === null || guess.target === file.name) continue;
    const oneHot = oneHotColumns(others);
    if (set["target"] === undefined && oneHot.includes(guess.target))
      return { labels, file: file.name, target: guess.target, task: "classification", oneHot: [...oneHot] };
    return { labels, file: file.name, target: guess.target, task: guess.task };
  }
  // Folders may say the classes where the table does not.
  if (foreign !== null && places.length > 0 && (await findClassFolders(root.path, wanted)) === null) throw foreign;
  return null;
}

/** A table of images that are not here. */
function foreignFault(labels: string, column: TableColumn, places: readonly string[]): Fault {
  const names = Array.from({ length: Math.min(2, lengthOf(column)) }, (_, row) => quote(textOf(column, row)));
  return new Fault("input", [
    {
      place: labels,
      expected: "must have a row with a target for at least one image of the folder",
      received: `rows without: the column ${quote(column.name)} names ${names.join(", ")}, the folder has ${places.slice(0, 2).map(quote).join(", ")}`,
      remedy: "Name the folder that holds the images of this table, or correct the column.",
    },
  ]);
}

/** Whether most cells end as images do. */
function namesFiles(column: TableColumn, { endings }: Wanted): boolean {
  const rows = Math.min(MOST_ROWS, lengthOf(column));
  let found = 0;
  for (let row = 0; row < rows; row++) if (endings.has(path.extname(textOf(column, row) ?? "").toLowerCase())) found++;
  return 2 * found > rows;
}

function lengthOf(column: TableColumn): number {
  return column.kind === "categorical" ? column.codes.length : column.values.length;
}

/** That of the training part first, that of the test part last. */
function inOrder(tables: readonly string[]): readonly string[] {
  const rank = (name: string) => ["train", undefined, "validation", "test"].indexOf(partOfName(name.replace(TABLES, ""))?.part);
  return [...tables].sort((a, b) => rank(a) - rank(b) || compare(a, b));
}

/** Of the first rows; none where the file is no table. */
async function columnsOf(file: string): Promise<readonly TableColumn[]> {
  try {
    return (await sampleCsv({ path: file, field: "data.source.labels" })).table.columns;
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

/** Most of its first cells, for rows may be of images that are elsewhere; all of them where they are numbers, which could be anything. */
function namesImages(column: TableColumn, match: NameMatcher): boolean {
  const rows = Math.min(MOST_ROWS, lengthOf(column));
  const names = Array.from({ length: rows }, (_, row) => textOf(column, row));
  const found = match(names).filter((found) => found !== undefined).length;
  return column.kind === "categorical" ? found > rows / 2 : found === rows;
}
