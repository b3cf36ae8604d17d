/**
 * Delimited text (RFC 4180): a header row, then one sample a row; comma, semicolon, tab or bar between the columns; a decimal point, or a
 * decimal comma where commas do not part the columns. UTF-8, UTF-16 with a byte order mark, or Latin-1; any line ending.
 */
import { csv } from "../../../shared/recipe/formats/csv.ts";
import type { NamedFile } from "../files.ts";
import type { Table } from "../table.ts";
import { loadCsv, sampleCsv } from "../tables/loadCsv.ts";
import type { ColumnKinds } from "../tables/loadedTable.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { FileSource, Reader } from "./reader.ts";

export type CsvSource = Extract<FileSource, { readonly type: "csv" }>;

export const reader: Reader<CsvSource> = tableReader({
  format: csv,
  load: (file, options) => loadCsv(file, options),
  sample: (file) => sampleCsv(file),
  source: (path, guess) => ({ type: "csv", path, ...guess }),
});

/**
 * A delimited file as a table, for readers whose labels are in one.
 * @param options.kinds what columns must be read as; the others are guessed
 * @throws Fault naming the file and the lines that cannot be read
 */
export async function readCsvTable(file: NamedFile, options: { readonly kinds?: ColumnKinds } = {}): Promise<Table> {
  return (await loadCsv(file, options)).table;
}
