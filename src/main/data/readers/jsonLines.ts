/**
 * JSON Lines, or a JSON list of objects, as a table: each object is a row; its keys are the columns, in order of first appearance. An absent key or null
 * is a missing value. Nested lists and objects are not allowed.
 */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { at, Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { jsonLines } from "../../../shared/recipe/formats/jsonLines.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { type NamedFile, statFile } from "../files.ts";
import { CategoryBuilder } from "../tables/categories.ts";
import { type ColumnSettings, settingsOf } from "../tables/cells/settings.ts";
import { type LoadedTable, type LoadOptions, loadedTable, type ReadColumn, typesOf } from "../tables/loadedTable.ts";
import { tableReader } from "../tables/tableReader.ts";
import { columnOfText } from "../tables/textColumn.ts";
import { firstBytes } from "../tables/textFile.ts";
import { wantedColumn } from "../tables/wantedColumn.ts";
import type { Reader } from "./reader.ts";
import { TABLE_ROWS, tableSample } from "./sample.ts";

type JsonSource = Extract<FileSource, { readonly type: "jsonLines" }>;

/** Number of rows read to guess the target. */
const SAMPLE_ROWS = 1000;
/** Size limit of a JSON list, because it is parsed as one text. */
const MAX_LIST_BYTES = 256 * 1024 ** 2;
const MAX_PROBLEMS = 10;
const SHOWN = 40;
/** Numbers with 16 and more digits may exceed the precision of a double. */
const LONG_NUMBER = /\d{16}/;

export const reader: Reader<JsonSource> = tableReader({
  format: jsonLines,
  load: (file, options) => loadJson(file, options, Number.POSITIVE_INFINITY),
  sample: (file) => loadJson(file, { maySkip: () => true }, SAMPLE_ROWS),
  source: (path, guess) => ({ type: "jsonLines", path, ...guess }),
  samples: [
    tableSample<JsonSource>({ type: "jsonLines", path: "things.jsonl", target: "kind", task: "classification" }, () =>
      TABLE_ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""),
    ),
    tableSample<JsonSource>({ type: "jsonLines", path: "things.json", target: "kind", task: "classification" }, () => JSON.stringify(TABLE_ROWS, null, 1)),
  ],
  failing: [
    {
      what: "a line that is no object",
      files: () => ({ "bad.jsonl": '{"size": 1, "kind": "a"}\n[2, "b"]\n' }),
      source: { type: "jsonLines", path: "bad.jsonl", target: "kind", task: "classification" },
      says: /bad\.jsonl:2: must be a JSON object/,
    },
    {
      what: "columns beside each other, as pandas writes them",
      files: () => ({ "columns.json": '{"size": {"0": 1}, "kind": {"0": "a"}}' }),
      source: { type: "jsonLines", path: "columns.json", target: "kind", task: "classification" },
      says: /orient="records"/,
    },
  ],
});

/** The values of one key. */
interface Column {
  readonly name: string;
  /** One per row so far; later rows have none. */
  readonly cells: (number | string | null)[];
  isNumeric: boolean;
  /** The first nested value, which a table cannot hold, and its row. */
  nested: { readonly row: number; readonly what: string } | null;
}

class Rows {
  readonly columns = new Map<string, Column>();
  /** The line number of every row. */
  readonly lines: number[] = [];

  add(row: Record<string, unknown>, line: number): void {
    const number = this.lines.length;
    this.lines.push(line);
    for (const [name, value] of Object.entries(row)) {
      const column = this.#column(name);
      while (column.cells.length < number) column.cells.push(null);
      if (typeof value === "object" && value !== null) {
        column.nested ??= { row: number, what: Array.isArray(value) ? "a list" : "an object" };
        column.cells.push(null);
        continue;
      }
      const cell = typeof value === "number" || value === null ? value : String(value);
      if (typeof cell === "string") column.isNumeric = false;
      column.cells.push(cell);
    }
  }

  #column(name: string): Column {
    const known = this.columns.get(name);
    if (known !== undefined) return known;
    const column: Column = { name, cells: [], isNumeric: true, nested: null };
    this.columns.set(name, column);
    return column;
  }
}

/** @throws Fault that names the lines that are not objects, and the columns with nested values */
async function loadJson(file: NamedFile, options: LoadOptions, limit: number): Promise<LoadedTable> {
  const { size } = await statFile(file);
  const isList = (await firstBytes(file, 4096))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart()
    .startsWith("[");
  const rows = isList ? await readList(file, size) : await readLines(file, size, options, limit);
  const length = rows.lines.length;
  if (length === 0)
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must hold JSON objects, one per row",
        received: size === 0 ? "an empty file" : "none",
        remedy: "Check that this is the file you meant.",
      },
    ]);
  const place = (row: number) => (isList ? `row ${row + 1}` : `line ${at(rows.lines, row)}`);
  const columns = [...rows.columns.values()];
  options.checkNames?.(
    columns.map(({ name }) => name),
    file.path,
  );
  const nameOf = ({ name }: Column) => name;
  const { types, skipped } = typesOf(columns, nameOf, (column) => flat(file, column, place), options);
  const read: ReadColumn[] = [];
  for (const column of types) if (column !== null) read.push(await columnOf(column, length, settingsOf(column.name, options)));
  return loadedTable(length, read, place, [], skipped);
}

async function readLines(file: NamedFile, size: number, options: LoadOptions, limit: number): Promise<Rows> {
  const rows = new Rows();
  const problems: Problem[] = [];
  const stream = createReadStream(file.path);
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line++;
    const trimmed = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (trimmed.trim() === "") continue;
    const row = parsed(trimmed);
    if (isRecord(row) && !Array.isArray(row)) rows.add(row, line);
    else problems.push(badRow(`${file.path}:${line}`, trimmed));
    if (problems.length === MAX_PROBLEMS || rows.lines.length >= limit) break;
    if (line % SAMPLE_ROWS === 0) options.onProgress?.(stream.bytesRead, size);
  }
  stream.destroy();
  if (problems.length > 0) throw new Fault("input", rows.lines.length === 0 ? problems.slice(0, 1) : problems);
  const [only] = [...rows.columns.values()].filter(({ nested }) => nested !== null);
  if (rows.lines.length === 1 && only !== undefined && limit > 1)
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must hold a JSON object for every row",
        received: `one object, whose ${quote(only.name)} is ${only.nested?.what ?? "nested"}`,
        remedy: 'Write one object per row: in pandas, to_json(orient="records", lines=True).',
      },
    ]);
  return rows;
}

async function readList(file: NamedFile, size: number): Promise<Rows> {
  if (size > MAX_LIST_BYTES)
    throw new Fault("input", [
      {
        place: file.path,
        expected: `must have at most ${MAX_LIST_BYTES / 1024 ** 2} MiB if it is one JSON list`,
        received: `${Math.round(size / 1024 ** 2)} MiB`,
        remedy: "Write one object per line (JSON Lines): such files can be of any size.",
      },
    ]);
  const list = parsed((await readFile(file.path, "utf8")).replace(/^\uFEFF/, ""));
  if (!Array.isArray(list))
    throw new Fault("input", [
      { place: file.path, expected: "must be a complete JSON list", received: "one that is damaged or cut off", remedy: "Download or write the file again." },
    ]);
  const rows = new Rows();
  const problems: Problem[] = [];
  for (const [number, row] of (list as readonly unknown[]).entries()) {
    if (isRecord(row) && !Array.isArray(row)) rows.add(row, number + 1);
    else problems.push(badRow(`${file.path}, row ${number + 1}`, JSON.stringify(row)));
    if (problems.length === MAX_PROBLEMS) break;
  }
  if (problems.length > 0) throw new Fault("input", problems);
  return rows;
}

/** The parsed value; undefined if it is not JSON. Integers beyond a double's precision stay text, so that identifiers remain distinct. */
function parsed(text: string): unknown {
  try {
    if (!LONG_NUMBER.test(text)) return JSON.parse(text) as unknown;
    return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "") ? context?.source : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}

function badRow(place: string, text: string): Problem {
  return {
    place,
    expected: "must be a JSON object: the row's values by their names",
    received: quote(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text),
    remedy: "Correct the row, or remove it.",
  };
}

/** @throws Fault if a value of the column is a list or an object */
function flat(file: NamedFile, column: Column, place: (row: number) => string): Column {
  const { name, nested } = column;
  if (nested === null) return column;
  throw new Fault("input", [
    {
      place: `${file.path}, ${place(nested.row)}, column ${quote(name)}`,
      expected: "must hold numbers, text, true, false or null",
      received: nested.what,
      remedy: "Write its parts as columns of their own, or ignore the column.",
    },
  ]);
}

function columnOf({ name, cells, isNumeric }: Column, length: number, settings: ColumnSettings): Promise<ReadColumn> {
  if (isNumeric) {
    const values = new Float64Array(length).fill(Number.NaN);
    for (const [row, cell] of cells.entries()) if (typeof cell === "number") values[row] = cell;
    return wantedColumn({ name, kind: "numeric", values }, settings);
  }
  const builder = new CategoryBuilder(length);
  for (let row = 0; row < length; row++) builder.codes[row] = builder.code(String(cells[row] ?? ""));
  return columnOfText({ name, codes: builder.codes, names: builder.names, decimal: ".", settings });
}
