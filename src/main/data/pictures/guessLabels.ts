/** A first guess at which table in a folder of pictures has their labels, and in which columns; the person corrects it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import type { NamedFile } from "../files.ts";
import { listFiles, type Wanted } from "../sampleFiles/folderTree.ts";
import type { TableColumn } from "../table.ts";
import { guessTarget } from "../tables/guessTarget.ts";
import { sampleCsv } from "../tables/loadCsv.ts";
import { finder, textOf } from "./labels.ts";

export interface LabelsGuess {
  /** The table's path. */
  readonly labels: string;
  readonly file: string;
  readonly target: string;
  readonly task: "classification" | "regression";
}

const TABLES = /\.(?:csv|tsv)$/i;
/** So many rows tell whether a column names pictures. */
const MOST_ROWS = 200;

/** Null where no table in the folder names pictures of it. */
export async function guessLabels(root: NamedFile, wanted: Wanted): Promise<LabelsGuess | null> {
  const tables = (await readdir(root.path)).filter((name) => TABLES.test(name)).sort();
  if (tables.length === 0) return null;
  const find = finder(await listFiles(root, wanted));
  for (const name of tables) {
    const labels = path.join(root.path, name);
    const columns = await columnsOf(labels);
    const file = columns.find((column) => namesPictures(column, find));
    if (file === undefined) continue;
    const guess = guessTarget([file, ...columns.filter((column) => column !== file)]);
    if (guess !== null && guess.target !== file.name) return { labels, file: file.name, target: guess.target, task: guess.task };
  }
  return null;
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

/** Most of its first cells, for rows may be of pictures that are elsewhere; all of them where they are numbers, which could be anything. */
function namesPictures(column: TableColumn, find: (name: string) => string | undefined): boolean {
  const rows = Math.min(MOST_ROWS, column.kind === "categorical" ? column.codes.length : column.values.length);
  let found = 0;
  for (let row = 0; row < rows; row++) if (find(textOf(column, row) ?? "") !== undefined) found++;
  return column.kind === "categorical" ? found > rows / 2 : found === rows;
}
