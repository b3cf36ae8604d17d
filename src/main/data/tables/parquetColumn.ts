/**
 * Reads one flat column of a Parquet file, page by page (parquet-format/README.md). hyparquet decodes the pages; the column is assembled here into typed
 * arrays, because hyparquet's own assembly of nullable columns makes arrays of objects.
 */
import { setImmediate as turn } from "node:timers/promises";
import zlib from "node:zlib";
import type { ColumnMetaData, Compressors, FileMetaData, SchemaTree } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS, parseFloat16 } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { compressors as portable } from "hyparquet-compressors";
import { at } from "../../../shared/kit/fault.ts";
import type { TableColumn } from "../table.ts";
import type { BinaryFile } from "./binaryFile.ts";
import { CategoryBuilder } from "./categories.ts";
import type { ParquetColumnType } from "./parquetTypes.ts";
import { decimalNumber, wideNumbers } from "./wideNumbers.ts";

/** Node's decompressors are many times faster. They stop at the size that the page states, so that a malicious page cannot fill the memory. */
export const compressors: Compressors = {
  ...portable,
  GZIP: (input, bytes) => zlib.gunzipSync(input, upTo(bytes)),
  BROTLI: (input, bytes) => zlib.brotliDecompressSync(input, upTo(bytes)),
  ZSTD: (input, bytes) => zlib.zstdDecompressSync(input, upTo(bytes)),
};

function upTo(bytes: number): { readonly maxOutputLength: number } {
  return { maxOutputLength: Math.max(1, bytes) };
}

type Raw = ArrayLike<unknown>;

/** Values of a page, and the rows that they belong to. */
interface Page {
  readonly rows: number;
  /** For nullable columns, one per row: 1 if there is a value. */
  readonly levels: ArrayLike<number> | null;
  /** Values, or indices into the dictionary. */
  readonly values: Raw;
  readonly isDictionary: boolean;
}

/** Receives the pages of a column. */
interface Sink {
  /** Called when a row group has a dictionary. */
  dictionary(values: Raw): void;
  write(page: Page, row: number): void;
  finish(): Promise<TableColumn>;
}

/** @param length of the column: the file's first rows, or all of them */
export async function readParquetColumn(
  file: BinaryFile,
  metadata: FileMetaData,
  column: SchemaTree,
  type: ParquetColumnType,
  length: number,
): Promise<TableColumn> {
  const name = column.element.name;
  const sink = type.kind === "number" || type.kind === "time" ? numberSink(name, type, length) : textSink(name, type, length);
  let row = 0;
  for (const group of metadata.row_groups) {
    if (row >= length) break;
    const chunk = group.columns.find(({ meta_data: meta }) => meta?.path_in_schema[0] === name)?.meta_data;
    if (chunk === undefined) throw new Error(`no column chunk of ${name}`);
    const end = row + Number(group.num_rows);
    const buffer = await file.slice(...rangeOf(chunk));
    readChunk(buffer, chunk, column, sink, { start: row, end, wanted: length });
    row = end;
    await turn();
  }
  return sink.finish();
}

function rangeOf({ dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size }: ColumnMetaData): [number, number] {
  const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
  return [start, start + Number(size)];
}

interface ChunkRows {
  readonly start: number;
  readonly end: number;
  /** Pages after this row are not read. */
  readonly wanted: number;
}

function readChunk(buffer: ArrayBuffer, chunk: ColumnMetaData, column: SchemaTree, sink: Sink, { start, end, wanted }: ChunkRows): void {
  const reader = { view: new DataView(buffer), offset: 0 };
  const { type, codec } = chunk;
  const { element } = column;
  const root = { ...column, element: { name: "", repetition_type: "REQUIRED" } } as const;
  const decoder = { pathInSchema: [element.name], type, element, schemaPath: [root, column], codec, parsers: DEFAULT_PARSERS, compressors };
  let row = start;
  while (row < Math.min(end, wanted)) {
    const header = parquetHeader(reader);
    const bytes = new Uint8Array(buffer, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.dictionary_page_header !== undefined) {
      const page = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
      const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
      sink.dictionary(readPlain({ view, offset: 0 }, type, header.dictionary_page_header.num_values, element.type_length));
      continue;
    }
    const { data_page_header: first, data_page_header_v2: second } = header;
    const about = first ?? second;
    if (about === undefined) continue;
    // Writers of delta-encoded unsigned 32-bit numbers may exceed 32 bits, so those are read as 64-bit and truncated.
    const isWide = about.encoding === "DELTA_BINARY_PACKED" && type === "INT32";
    const reading = isWide ? { ...decoder, type: "INT64" as const } : decoder;
    const decoded =
      first === undefined
        ? readDataPageV2(bytes, header, reading)
        : readDataPage(decompressPage(bytes, header.uncompressed_page_size, codec, compressors), first, reading);
    const levels = decoded.definitionLevels;
    if (about.num_values <= 0 || row + about.num_values > end) throw new Error(`a page of ${about.num_values} rows where ${end - row} are left`);
    sink.write(
      {
        rows: Math.min(about.num_values, wanted - row),
        levels: levels === undefined || levels.length === 0 ? null : levels,
        values: isWide ? Int32Array.from(decoded.dataPage, (value) => Number(BigInt.asIntN(32, value))) : decoded.dataPage,
        isDictionary: about.encoding.endsWith("_DICTIONARY"),
      },
      row,
    );
    row += about.num_values;
  }
}

function numberSink(name: string, type: Extract<ParquetColumnType, { readonly kind: "number" | "time" }>, length: number): Sink {
  const values = new Float64Array(length).fill(Number.NaN);
  let dictionary: ArrayLike<number> = [];
  return {
    dictionary(raw) {
      dictionary = numbersOf(raw, type);
    },
    write({ rows, levels, values: raw, isDictionary }, row) {
      const source = isDictionary ? dictionary : numbersOf(raw, type);
      const positions = isDictionary ? (raw as ArrayLike<number>) : null;
      if (levels === null && positions === null) {
        for (let i = 0; i < rows; i++) values[row + i] = source[i] ?? Number.NaN;
        return;
      }
      let next = 0;
      for (let i = 0; i < rows; i++) {
        if (levels !== null && levels[i] !== 1) continue;
        values[row + i] = source[positions === null ? next : (positions[next] ?? -1)] ?? Number.NaN;
        next++;
      }
    },
    finish: async () => ({ name, kind: type.kind === "time" ? "time" : "numeric", values }),
  };
}

function textSink(name: string, type: ParquetColumnType, length: number): Sink {
  const builder = new CategoryBuilder(length);
  const isUnsigned = type.kind === "digits" && type.unsigned;
  const textOf = (raw: unknown) => {
    if (raw instanceof Uint8Array) return type.kind === "uuid" ? uuidOf(raw) : utf8(raw);
    return String(isUnsigned && typeof raw === "bigint" ? BigInt.asUintN(64, raw) : raw);
  };
  let dictionary = new Int32Array(0);
  return {
    dictionary(raw) {
      dictionary = Int32Array.from(raw, (each) => builder.code(textOf(each)));
    },
    write({ rows, levels, values, isDictionary }, row) {
      let next = 0;
      for (let i = 0; i < rows; i++) {
        if (levels !== null && levels[i] !== 1) continue;
        const value = values[next++];
        builder.codes[row + i] = isDictionary ? at(dictionary, Number(value)) : builder.code(textOf(value));
      }
    },
    finish: () => builder.finish(name),
  };
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

function uuidOf(bytes: Uint8Array): string {
  return String(DEFAULT_PARSERS.uuidFromBytes(bytes));
}

function numbersOf(raw: Raw, type: Extract<ParquetColumnType, { readonly kind: "number" | "time" }>): ArrayLike<number> {
  if (type.kind === "number" && type.divisor !== 1 && raw.length > 0 && raw[0] instanceof Uint8Array)
    return Float64Array.from(raw, (value) => (value instanceof Uint8Array ? decimalNumber(bigEndian(value), type.divisor) : Number.NaN));
  const plain = plainNumbers(raw, type.kind === "number" && type.unsigned, type.kind === "number" && type.half);
  const factor = type.kind === "time" ? type.factor : 1;
  if (factor === 1 && type.divisor === 1) return plain;
  return Float64Array.from(plain, (value) => (value * factor) / type.divisor);
}

function plainNumbers(raw: Raw, unsigned: boolean, half: boolean): ArrayLike<number> {
  if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) return wideNumbers(raw, unsigned);
  if (raw instanceof Int32Array) return unsigned ? new Uint32Array(raw.buffer, raw.byteOffset, raw.length) : raw;
  if (raw instanceof Float32Array || raw instanceof Float64Array) return raw;
  return Float64Array.from(raw, (value) => {
    if (value instanceof Uint8Array) return half ? (parseFloat16(value) ?? Number.NaN) : Number(bigEndian(value));
    // INT96: 64 bits of nanoseconds within the day, then 32 bits of Julian days.
    if (typeof value === "bigint" && value >= 1n << 64n) return (Number(value >> 64n) - 2_440_588) * 86_400_000 + Number(value & 0xffffffffffffffffn) / 1e6;
    return Number(value);
  });
}

/** Reads a signed big-endian integer. */
function bigEndian(bytes: Uint8Array): bigint {
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex") || "0"}`));
}
