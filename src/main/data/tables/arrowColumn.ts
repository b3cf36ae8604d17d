/** Reads one column of an Arrow file, batch by batch (arrow.apache.org/docs/format/Columnar.html), from Arrow's buffers into a table's arrays. */
import { type Data, DataType, type Field, TimeUnit, Type, Vector } from "apache-arrow";
import { parseFloat16 } from "hyparquet/src/convert.js";
import type { NamedFile } from "../files.ts";
import type { TableColumn } from "../table.ts";
import { columnFault } from "./binaryFile.ts";
import { ByteDictionary } from "./byteDictionary.ts";
import { CategoryBuilder, categoricalColumn } from "./categories.ts";
import { decoderOf } from "./textFile.ts";
import { decimalNumber, isBeyondDoubles, wideNumbers } from "./wideNumbers.ts";

const DAY = 86_400_000;
const TICKS_A_MILLISECOND: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 1e-3,
  [TimeUnit.MILLISECOND]: 1,
  [TimeUnit.MICROSECOND]: 1e3,
  [TimeUnit.NANOSECOND]: 1e6,
};

export interface ArrowColumn {
  /** Adds a batch of the column, starting at a row. */
  add(data: Data, row: number): void;
  finish(length: number): Promise<TableColumn>;
  /** Whether its texts are digits of integers that doubles cannot hold. */
  areDigits?(): boolean;
}

/** @throws Fault that names the column, for lists, structures and other unsupported types */
export function arrowColumn(file: NamedFile, { name, type }: Field): ArrowColumn {
  if (DataType.isDictionary(type)) {
    checkValues(file, name, type.dictionary);
    return dictionaryColumn(name);
  }
  checkValues(file, name, type);
  if (DataType.isBool(type)) return namedColumn(name, (data, i) => String((((data.values[i >> 3] ?? 0) >> (i & 7)) & 1) === 1));
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textColumn(name);
  if (DataType.isUtf8View(type)) return namedColumn(name, valueReader(String));
  if (DataType.isDate(type)) return numberColumn(name, "time", (data) => scaled(data, data.typeId === Type.DateDay || isDays(type) ? DAY : 1, 1));
  if (DataType.isTimestamp(type)) return numberColumn(name, "time", (data) => scaled(data, 1, TICKS_A_MILLISECOND[type.unit]));
  if (DataType.isDecimal(type)) return numberColumn(name, "numeric", (data) => decimals(data, 10 ** type.scale));
  if (DataType.isFloat(type) && type.precision === 0) return numberColumn(name, "numeric", halves);
  if (DataType.isNull(type)) return numberColumn(name, "numeric", (data) => new Float64Array(data.length).fill(Number.NaN));
  if (DataType.isInt(type) && type.bitWidth === 64) return wideColumn(name, type.isSigned);
  return numberColumn(name, "numeric", (data) => scaled(data, 1, 1));
}

function isDays(type: DataType): boolean {
  return DataType.isDate(type) && type.unit === 0;
}

function checkValues(file: NamedFile, name: string, type: DataType): void {
  const isPlain = [
    DataType.isBool,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
    DataType.isDate,
    DataType.isTimestamp,
    DataType.isTime,
    DataType.isDuration,
    DataType.isDecimal,
    DataType.isFloat,
    DataType.isInt,
    DataType.isNull,
  ].some((is) => is(type));
  if (isPlain) return;
  const isList = DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
  const isStructure = DataType.isStruct(type) || DataType.isUnion(type);
  throw columnFault(file, name, isList ? "lists" : DataType.isMap(type) ? "maps" : isStructure ? "structures" : `values of kind ${String(type).toLowerCase()}`);
}

function isNull(data: Data, i: number): boolean {
  return data.nullBitmap !== null && data.nullBitmap !== undefined && data.nullBitmap.length > 0 && (((data.nullBitmap[i >> 3] ?? 0) >> (i & 7)) & 1) === 0;
}

function numberColumn(name: string, kind: "numeric" | "time", numbersOf: (data: Data) => ArrayLike<number>): ArrowColumn {
  let values = new Float64Array(0);
  return {
    add(data, row) {
      if (row + data.length > values.length) values = new Float64Array(values.buffer.transfer(grown(values.length, row + data.length) * 8));
      const numbers = numbersOf(data);
      const nulls = data.nullCount > 0;
      for (let i = 0; i < data.length; i++) values[row + i] = nulls && isNull(data, i) ? Number.NaN : (numbers[i] ?? Number.NaN);
    },
    finish: async (length) => ({ name, kind, values: new Float64Array(values.buffer.transfer(length * 8)) }),
  };
}

/** 64-bit integers: numbers if doubles can hold all of them, otherwise their digits as text. */
function wideColumn(name: string, isSigned: boolean): ArrowColumn {
  // Copied, because a batch's buffer also holds the other columns.
  const parts: { readonly row: number; readonly raw: BigInt64Array | BigUint64Array; readonly isThere: (i: number) => boolean }[] = [];
  let areDigits = false;
  return {
    areDigits: () => areDigits,
    add(data, row) {
      const { values } = data;
      if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return;
      const nulls = data.nullCount > 0 ? Uint8Array.from({ length: data.length }, (_, i) => (isNull(data, i) ? 1 : 0)) : null;
      parts.push({ row, raw: values.slice(0, data.length), isThere: (i) => nulls?.[i] !== 1 });
    },
    async finish(length) {
      const numbers = new Float64Array(length).fill(Number.NaN);
      for (const { row, raw, isThere } of parts) {
        const read = wideNumbers(raw, !isSigned);
        for (let i = 0; i < read.length; i++) if (isThere(i)) numbers[row + i] = read[i] ?? Number.NaN;
      }
      areDigits = isBeyondDoubles(numbers);
      if (!areDigits) return { name, kind: "numeric", values: numbers };
      const builder = new CategoryBuilder(length);
      for (const { row, raw, isThere } of parts) for (let i = 0; i < raw.length; i++) if (isThere(i)) builder.codes[row + i] = builder.code(String(raw[i]));
      return builder.finish(name);
    },
  };
}

/** Collects codes in a growing array. */
function codedColumn(codeOf: (data: Data) => (i: number) => number, finish: (codes: Int32Array) => Promise<TableColumn>): ArrowColumn {
  let codes = new Int32Array(0);
  return {
    add(data, row) {
      if (row + data.length > codes.length) codes = new Int32Array(codes.buffer.transfer(grown(codes.length, row + data.length) * 4));
      const code = codeOf(data);
      const nulls = data.nullCount > 0;
      for (let i = 0; i < data.length; i++) codes[row + i] = nulls && isNull(data, i) ? -1 : code(i);
    },
    finish: (length) => finish(new Int32Array(codes.buffer.transfer(length * 4))),
  };
}

function grown(capacity: number, needed: number): number {
  return Math.max(needed, Math.ceil(capacity * 1.5));
}

function textColumn(name: string): ArrowColumn {
  const dictionary = new ByteDictionary();
  return codedColumn(
    ({ values, valueOffsets }) =>
      (i) =>
        dictionary.code(values, Number(valueOffsets[i] ?? 0), Number(valueOffsets[i + 1] ?? 0)),
    (codes) => categoricalColumn(name, codes, dictionary.names(decoderOf("utf-8"))),
  );
}

function namedColumn(name: string, nameOf: (data: Data, i: number) => string): ArrowColumn {
  const builder = new CategoryBuilder(0);
  return codedColumn(
    (data) => (i) => builder.code(nameOf(data, i)),
    (codes) => categoricalColumn(name, codes, builder.names),
  );
}

/** Reads any value with Arrow's own accessor. */
function valueReader(nameOf: (value: unknown) => string): (data: Data, i: number) => string {
  let [last, vector] = [null as Data | null, null as Vector | null];
  return (data, i) => {
    if (last !== data) [last, vector] = [data, new Vector([data])];
    return nameOf(vector?.get(i));
  };
}

function dictionaryColumn(name: string): ArrowColumn {
  const builder = new CategoryBuilder(0);
  let [last, codes] = [undefined as Vector | undefined, new Int32Array(0)];
  return codedColumn(
    (data) => {
      if (data.dictionary !== last || data.dictionary?.length !== codes.length) {
        last = data.dictionary;
        codes = Int32Array.from(last ?? [], (value) => (value === null || value === undefined ? -1 : builder.code(String(value))));
      }
      return (i) => codes[Number(data.values[i])] ?? -1;
    },
    (found) => categoricalColumn(name, found, builder.names),
  );
}

function scaled({ values, length, type }: Data, factor: number, divisor: number): ArrayLike<number> {
  const numbers =
    values instanceof BigInt64Array || values instanceof BigUint64Array
      ? wideNumbers(values.subarray(0, length), DataType.isInt(type) && !type.isSigned)
      : values;
  return factor === 1 && divisor === 1 ? numbers : Float64Array.from(numbers, (value: number) => (value * factor) / divisor);
}

function halves({ values, length }: Data): ArrayLike<number> {
  return Float64Array.from({ length }, (_, i) => parseFloat16(Uint8Array.of(values[i] & 255, values[i] >> 8)) ?? Number.NaN);
}

/** Integers of several 32-bit words, lowest first, in two's complement. */
function decimals({ values, length }: Data, divisor: number): ArrayLike<number> {
  const words = values.length / length;
  return Float64Array.from({ length }, (_, i) => {
    let value = 0n;
    for (let word = words - 1; word >= 0; word--) value = (value << 32n) | BigInt(values[i * words + word] >>> 0);
    return decimalNumber(BigInt.asIntN(32 * words, value), divisor);
  });
}
