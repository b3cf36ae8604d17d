/** Reads Arrow files and streams, and Feather version 2 (which is an Arrow file), as tables, batch by batch. */
import { setImmediate as turn } from "node:timers/promises";
import zlib from "node:zlib";
import { CompressionType, compressionRegistry, RecordBatchReader } from "apache-arrow";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { NamedFile } from "../files.ts";
import { arrowColumn } from "./arrowColumn.ts";
import { BinaryFile, damagedFault, orDamaged } from "./binaryFile.ts";
import { settingsOf } from "./cells/settings.ts";
import { checkHeader } from "./header.ts";
import { type LoadedTable, type LoadOptions, loadedTable, type ReadColumn, typesOf } from "./loadedTable.ts";
import { unpackLz4Frame } from "./lz4Frame.ts";
import { wantedColumn, wantedDigits } from "./wantedColumn.ts";

export const ARROW_MAGIC = "ARROW1";
/** The first bytes of a stream. */
export const ARROW_STREAM_START = "\xff\xff\xff\xff";
const FORMAT = "Arrow";

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame });
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => new Uint8Array(zlib.zstdDecompressSync(bytes)) });

/**
 * @param options.limit number of rows to read for guesses about a file
 * @throws Fault for a file that is cut off, damaged, not Arrow, or has nested columns
 */
export function loadArrow(file: NamedFile, options: LoadOptions & { readonly limit?: number } = {}): Promise<LoadedTable> {
  return BinaryFile.use(file, async (opened) => {
    await checkEnds(opened);
    const reader = await orDamaged(file, FORMAT, "its schema", async () => {
      const made = await RecordBatchReader.from(opened.handle);
      return made.open();
    });
    const names = reader.schema.fields.map(({ name }) => name);
    checkHeader(names, file.path);
    options.checkNames?.(names, file.path);
    const { types: columns, skipped } = typesOf(
      reader.schema.fields,
      ({ name }) => name,
      (field) => arrowColumn(file, field),
      options,
    );
    let [rows, batches] = [0, 0];
    await orDamaged(file, FORMAT, "a record batch", async () => {
      for await (const batch of reader) {
        for (const [index, column] of columns.entries()) {
          const data = batch.data.children[index];
          if (data !== undefined) column?.add(data, rows);
          await turn();
        }
        rows += batch.numRows;
        // A stream does not say how many batches follow.
        if (reader.isFile()) options.onProgress?.(++batches, reader.numRecordBatches);
        if (rows >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
      }
    });
    if (rows === 0)
      throw new Fault("input", [{ place: file.path, expected: "must have rows", received: "only columns", remedy: "Check that this is the file you meant." }]);
    const read: ReadColumn[] = [];
    for (const [index, column] of columns.entries())
      if (column !== null) {
        const made = await column.finish(rows);
        const settings = settingsOf(at(names, index), options);
        read.push(column.areDigits?.() === true ? await wantedDigits(made, settings) : await wantedColumn(made, settings));
      }
    return loadedTable(rows, read, (row) => `row ${row + 1}`, [], skipped);
  });
}

async function checkEnds(opened: BinaryFile): Promise<void> {
  const { file, byteLength } = opened;
  const head = await opened.text(0, ARROW_MAGIC.length);
  if (head === "FEA1")
    throw new Fault("input", [
      { place: file.path, expected: "must be Feather version 2", received: "version 1", remedy: "Write the file again with a newer program." },
    ]);
  if (head !== ARROW_MAGIC && !head.startsWith(ARROW_STREAM_START))
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must be an Arrow file or stream",
        received: "a file that does not begin like one",
        remedy: "Check that this is the file you meant.",
      },
    ]);
  if (head === ARROW_MAGIC && (await opened.text(byteLength - ARROW_MAGIC.length, byteLength)) !== ARROW_MAGIC)
    throw damagedFault(file, FORMAT, `its footer is missing at the end of its ${countText(byteLength, "en")} bytes`);
}
