/** Tables in several files: train.csv with val.csv and test.csv, concatenated to one table whose last rows are given parts. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import { type Format, hasEnding } from "../../../shared/recipe/formats/format.ts";
import { partner } from "../arrays/arrayNames.ts";
import type { NamedFile } from "../files.ts";
import { problemOf } from "../sampleFiles/findings.ts";
import { partOfName } from "../sampleFiles/partNames.ts";
import type { TableColumn } from "../table.ts";
import { categoricalColumn } from "./categories.ts";
import { type LoadedTable, type LoadOptions, MAX_BAD_CELLS } from "./loadedTable.ts";
import type { TableSource } from "./tableSource.ts";

const HELD_OUT = ["validation", "test"] as const;

type HeldOut = (typeof HELD_OUT)[number];

/** The files of the parts that a source names. */
export function partFiles(source: TableSource): readonly (NamedFile & { readonly part: HeldOut })[] {
  return HELD_OUT.flatMap((part) => {
    const file = source[`${part}Path`];
    return file === undefined ? [] : [{ part, path: file, field: `data.source.${part}Path` }];
  });
}

/**
 * The table followed by the rows of its parts, which are read like the table.
 * @param load reads a file with the source's settings
 * @throws Fault if a part lacks a column
 */
export async function withParts(
  source: TableSource,
  train: LoadedTable,
  load: (file: NamedFile, options: LoadOptions) => Promise<LoadedTable>,
): Promise<LoadedTable> {
  let whole = train;
  const rows = { validation: 0, test: 0 };
  const names = train.table.columns.map(({ name }) => name);
  const kinds = Object.fromEntries(train.table.columns.map(({ name, kind }) => [name, kind]));
  for (const file of partFiles(source)) {
    const { missing, dates, decimals, sampleShape } = source;
    const part = await load(file, {
      kinds,
      readings: train.readings ?? {},
      ...(missing === undefined ? {} : { missing }),
      ...(dates === undefined ? {} : { dates }),
      ...(decimals === undefined ? {} : { decimals }),
      shaped: sampleShape !== undefined,
      checkNames: (found) => requireColumns(names, found, file, source),
      maySkip: (name) => !names.includes(name),
    });
    rows[file.part] = part.table.length;
    whole = await joined(whole, part, path.basename(file.path));
  }
  return whole === train ? train : { ...whole, heldOut: rows };
}

/** Source fields for files of other parts next to the training file, if they have all its columns. */
export async function partsBeside(
  file: string,
  format: Pick<Format, "endings">,
  names: readonly string[],
  sample: (file: NamedFile) => Promise<LoadedTable>,
): Promise<Partial<Pick<TableSource, `${HeldOut}Path`>>> {
  const found: Partial<Record<`${HeldOut}Path`, string>> = {};
  for (const [part, name] of await siblings(file, format)) {
    const other = path.join(path.dirname(file), name);
    try {
      const columns = new Set((await sample({ path: other, field: `data.source.${part}Path` })).table.columns.map((column) => column.name));
      if (names.every((each) => columns.has(each))) found[`${part}Path`] = other;
    } catch (error) {
      // A file next to the dropped one that cannot be read is ignored.
      if (!(error instanceof Fault)) throw error;
    }
  }
  return found;
}

/** Reports files of other parts next to the table that are not used. */
export async function unusedProblem(source: TableSource, format: Pick<Format, "endings">): Promise<readonly DataProblem[]> {
  const unused = (await siblings(source.path, format)).filter(([part]) => source[`${part}Path`] === undefined);
  return problemOf({
    kind: "note",
    severity: "info",
    title: `${unused.map(([, name]) => quote(name)).join(" and ")} next to it ${unused.length === 1 ? "is" : "are"} not used`,
    remedy: `If its rows have the target, name it in ${unused.map(([part]) => `data.source.${part}Path`).join(" or ")}. If they have none, predict them after training.`,
    items: unused.map(([part, name]) => ({ sample: null, place: name, detail: `a ${part} part according to its name` })),
  });
}

async function siblings(file: string, format: Pick<Format, "endings">): Promise<readonly (readonly [HeldOut, string])[]> {
  const name = path.basename(file);
  if (partOfName(name)?.part !== "train") return [];
  const beside = (await readdir(path.dirname(file)).catch(() => [])).filter((each) => hasEnding(format, each)).sort();
  return HELD_OUT.flatMap((part) => {
    const other = partner(beside, name, part);
    return other === undefined ? [] : [[part, other] as const];
  });
}

function requireColumns(names: readonly string[], found: readonly string[], file: NamedFile, source: TableSource): void {
  const absent = names.filter((name) => !found.includes(name) && source.ignore?.includes(name) !== true);
  if (absent.length === 0) return;
  throw new Fault("input", [
    {
      place: file.path,
      expected: `must have the columns of ${path.basename(source.path)}`,
      received: `no column ${absent.slice(0, 5).map(quote).join(", ")}${absent.length > 5 ? ` and ${absent.length - 5} more` : ""}`,
      remedy: absent.includes(source.target)
        ? `Without the target it cannot be a test part: leave ${file.field} out, and predict these rows after training.`
        : `Add them, or leave ${file.field} out.`,
    },
  ]);
}

async function joined(first: LoadedTable, second: LoadedTable, file: string): Promise<LoadedTable> {
  const offset = first.table.length;
  const length = offset + second.table.length;
  const others = new Map(second.table.columns.map((column) => [column.name, column]));
  const columns: TableColumn[] = [];
  for (const column of first.table.columns) columns.push(await joinedColumn(column, others.get(column.name), length));
  const badCells = [
    ...first.table.badCells,
    ...second.table.badCells.map((cell) => ({ ...cell, row: cell.row + offset, place: `${file}, ${cell.place}` })),
  ].slice(0, MAX_BAD_CELLS);
  const badCounts = new Map(first.badCounts);
  for (const [name, count] of second.badCounts) if (badCounts.has(name) || others.has(name)) badCounts.set(name, (badCounts.get(name) ?? 0) + count);
  return {
    ...first,
    table: { length, columns, badCells, badCellCount: first.table.badCellCount + second.table.badCellCount },
    badCounts,
    problems: [...first.problems, ...second.problems],
    place: (row) => (row < offset ? first.place(row) : `${file}, ${second.place(row - offset)}`),
  };
}

/** A column that the part lacks, which must be an ignored one, is filled with missing values. */
async function joinedColumn(first: TableColumn, second: TableColumn | undefined, length: number): Promise<TableColumn> {
  if (first.kind !== "categorical") {
    const values = new Float64Array(length).fill(Number.NaN);
    values.set(first.values);
    if (second !== undefined && second.kind !== "categorical") values.set(second.values, first.values.length);
    return { ...first, values };
  }
  const names = [...first.categories];
  const numbers = new Map(names.map((name, code) => [name, code]));
  const codes = new Int32Array(length).fill(-1);
  codes.set(first.codes);
  if (second?.kind === "categorical")
    for (let row = 0; row < second.codes.length; row++) {
      const code = second.codes[row] ?? -1;
      if (code < 0) continue;
      const name = at(second.categories, code);
      const known = numbers.get(name) ?? names.push(name) - 1;
      numbers.set(name, known);
      codes[first.codes.length + row] = known;
    }
  return categoricalColumn(first.name, codes, names);
}
