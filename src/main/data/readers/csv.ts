/**
 * Delimited text (RFC 4180): one sample per row, with or without a header row. The delimiter is a comma, semicolon, tab, bar or blanks. Numbers have a
 * decimal point, or a decimal comma if commas are not the delimiter. UTF-8, UTF-16 with a byte order mark, or Latin-1; any line ending.
 */
import { z } from "zod";
import { csv } from "../../../shared/recipe/formats/csv.ts";
import { textFields } from "../../../shared/recipe/formats/textFields.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import type { NamedFile } from "../files.ts";
import type { Table } from "../table.ts";
import { loadCsv, sampleCsv } from "../tables/loadCsv.ts";
import type { ColumnKinds } from "../tables/loadedTable.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { Reader, SetFields } from "./reader.ts";
import { TABLE_ROWS, tableSample } from "./sample.ts";

const readAs = z.object(textFields);

export type CsvSource = Extract<FileSource, { readonly type: "csv" }>;

export const reader: Reader<CsvSource> = tableReader({
  format: csv,
  load: (file, options, source) => loadCsv(file, { ...options, source }),
  sample: (file, source) => sampleCsv(file, { source }),
  fieldsOf,
  source: (path, guess, fields) => ({ type: "csv", path, ...fields, ...guess }),
  samples: [
    tableSample<CsvSource>(
      { type: "csv", path: "things.csv", target: "kind", task: "classification" },
      () => `size,colour,kind\n${TABLE_ROWS.map(({ size, colour, kind }) => [size, colour, kind].join(",")).join("\n")}\n`,
    ),
    tableSample<CsvSource>(
      { type: "csv", path: "things.tsv", target: "kind", task: "classification" },
      () => `size\tcolour\tkind\r\n${TABLE_ROWS.map(({ size, colour, kind }) => [size, colour, kind].join("\t")).join("\r\n")}\r\n`,
    ),
    tableSample<CsvSource>(
      { type: "csv", path: "things.dat", target: "kind", task: "classification" },
      () => `# made by hand\nsize;colour;kind\n${TABLE_ROWS.map(({ size, colour, kind }) => [size, colour, kind].join(";")).join("\n")}\n\nSource: nowhere\n`,
    ),
  ],
  failing: [
    {
      what: "rows of other lengths",
      files: () => ({ "ragged.csv": `size,kind\n${"1,2,a\n".repeat(20)}` }),
      source: { type: "csv", path: "ragged.csv", target: "kind", task: "classification" },
      says: /must have 2 columns.*3 columns in 20 of 20 rows/,
    },
    {
      what: "a web page",
      files: () => ({ "page.csv": "<!DOCTYPE html>\n<html><body>Not found</body></html>\n" }),
      source: { type: "csv", path: "page.csv", target: "kind", task: "classification" },
      says: /a web page/,
    },
    {
      what: "a quote that is not closed",
      files: () => ({ "quote.csv": 'size,kind\n1,a\n2,"b\n3,a\n' }),
      source: { type: "csv", path: "quote.csv", target: "kind", task: "classification" },
      says: /quote/,
    },
    {
      what: "a header alone",
      files: () => ({ "header.csv": "size,kind\n" }),
      source: { type: "csv", path: "header.csv", target: "kind", task: "classification" },
      says: /rows below the header/,
    },
  ],
});

/** The settings for reading, and the target, whose name helps to recognize a header row. */
function fieldsOf(set: SetFields): Partial<CsvSource> {
  const valid = Object.entries(textFields).flatMap(([name, schema]) =>
    schema.safeParse(set[name]).success && set[name] !== undefined ? [[name, set[name]]] : [],
  );
  return { ...readAs.parse(Object.fromEntries(valid)), ...(typeof set.target === "string" ? { target: set.target } : {}) };
}

/**
 * Reads a delimited file as a table, for readers whose labels are in one.
 * @param options.kinds required kinds of columns; the others are guessed
 * @throws Fault that names the file and the lines that cannot be read
 */
export async function readCsvTable(file: NamedFile, options: { readonly kinds?: ColumnKinds } = {}): Promise<Table> {
  return (await loadCsv(file, options)).table;
}
