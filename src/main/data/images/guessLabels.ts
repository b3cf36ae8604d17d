/** Guesses which table in a folder of images holds their labels, and in which columns; the user can correct it. */
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
  /** Columns of zeros and ones, one per class. */
  readonly oneHot?: string[];
}

const TABLES = /\.(?:csv|tsv|tab|txt|dat)$/i;
/** Submission templates of competitions, whose values are placeholders. */
const SUBMISSION = /submission|submit|predictions?\./i;
/** Number of rows read to tell whether a column names images. */
const MOST_ROWS = 200;

/**
 * Null if no table in the folder names images of the folder.
 * @param set fields of the source that the user has already set; a named target is used
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
  // Folders may say the classes if the table does not.
  if (foreign !== null && places.length > 0 && (await findClassFolders(root.path, wanted)) === null) throw foreign;
  return null;
}

/** The fault for a table whose images are not in the folder. */
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

/** Whether most cells have an image file extension. */
function namesFiles(column: TableColumn, { endings }: Wanted): boolean {
  const rows = Math.min(MOST_ROWS, lengthOf(column));
  let found = 0;
  for (let row = 0; row < rows; row++) if (endings.has(path.extname(textOf(column, row) ?? "").toLowerCase())) found++;
  return 2 * found > rows;
}

function lengthOf(column: TableColumn): number {
  return column.kind === "categorical" ? column.codes.length : column.values.length;
}

/** Tables of the training part first, those of the test part last. */
function inOrder(tables: readonly string[]): readonly string[] {
  const rank = (name: string) => ["train", undefined, "validation", "test"].indexOf(partOfName(name.replace(TABLES, ""))?.part);
  return [...tables].sort((a, b) => rank(a) - rank(b) || compare(a, b));
}

/** Columns of the first rows; none if the file is not a table. */
async function columnsOf(file: string): Promise<readonly TableColumn[]> {
  try {
    return (await sampleCsv({ path: file, field: "data.source.labels" })).table.columns;
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

/** Whether most of the first cells match images (some images may be elsewhere); for numbers all must match, because numbers could mean anything. */
function namesImages(column: TableColumn, match: NameMatcher): boolean {
  const rows = Math.min(MOST_ROWS, lengthOf(column));
  const names = Array.from({ length: rows }, (_, row) => textOf(column, row));
  const found = match(names).filter((found) => found !== undefined).length;
  return column.kind === "categorical" ? found > rows / 2 : found === rows;
}
