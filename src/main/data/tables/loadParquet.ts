/** Reads Parquet files as tables, column by column. */
import { type FileMetaData, parquetMetadataAsync, parquetSchema } from "hyparquet";
import { Fault } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { NamedFile } from "../files.ts";
import { BinaryFile, damagedFault, orDamaged } from "./binaryFile.ts";
import { settingsOf } from "./cells/settings.ts";
import { type LoadedTable, type LoadOptions, loadedTable, type ReadColumn, typesOf } from "./loadedTable.ts";
import { readParquetColumn } from "./parquetColumn.ts";
import { type ParquetColumnType, parquetColumnType } from "./parquetTypes.ts";
import { mayBeName, wantedColumn, wantedDigits } from "./wantedColumn.ts";
import { isBeyondDoubles } from "./wideNumbers.ts";

const MAGIC = "PAR1";
const FORMAT = "Parquet";

/**
 * @param options.limit number of rows to read for guesses about a file
 * @throws Fault for a file that is cut off, damaged, not Parquet, or has nested columns
 */
export function loadParquet(file: NamedFile, options: LoadOptions & { readonly limit?: number } = {}): Promise<LoadedTable> {
  return BinaryFile.use(file, async (opened) => {
    const metadata = await readMetadata(opened);
    const columns = parquetSchema(metadata).children;
    options.checkNames?.(
      columns.map(({ element }) => element.name),
      file.path,
    );
    const { types, skipped } = typesOf(
      columns,
      ({ element }) => element.name,
      (column) => parquetColumnType(file, column),
      options,
    );
    const all = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    const rows = Math.min(all, options.limit ?? Number.POSITIVE_INFINITY);
    if (rows === 0)
      throw new Fault("input", [{ place: file.path, expected: "must have rows", received: "only columns", remedy: "Check that this is the file you meant." }]);
    const read: ReadColumn[] = [];
    for (const [index, column] of columns.entries()) {
      const { name } = column.element;
      const type = types[index];
      if (type === undefined || type === null) continue;
      options.onProgress?.(index, columns.length);
      const settings = settingsOf(name, options);
      const make = (as: ParquetColumnType) =>
        orDamaged(file, FORMAT, `column ${JSON.stringify(name)}`, () => readParquetColumn(opened, metadata, column, as, rows));
      const made = await make(type);
      const isRounded = type.kind === "number" && type.wide && made.kind === "numeric" && mayBeName(settings) && isBeyondDoubles(made.values);
      read.push(isRounded ? await wantedDigits(await make({ kind: "digits", unsigned: type.unsigned }), settings) : await wantedColumn(made, settings));
    }
    return loadedTable(rows, read, (row) => `row ${row + 1}`, [], skipped);
  });
}

/** @throws Fault for a file that is cut off or not Parquet */
export async function readMetadata(opened: BinaryFile): Promise<FileMetaData> {
  const { file, byteLength } = opened;
  const [head, tail] = [await opened.text(0, 4), await opened.text(byteLength - 4, byteLength)];
  if (head !== MAGIC)
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must be a Parquet file",
        received: "a file that does not begin like one",
        remedy: "Check that this is the file you meant.",
      },
    ]);
  if (tail !== MAGIC || byteLength < 12) throw damagedFault(file, FORMAT, `its footer is missing at the end of its ${countText(byteLength, "en")} bytes`);
  return orDamaged(file, FORMAT, "its footer", () => parquetMetadataAsync(opened));
}
