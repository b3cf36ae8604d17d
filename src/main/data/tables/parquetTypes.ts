/** The content of a Parquet column by its physical and logical type (parquet-format/LogicalTypes.md). */
import type { SchemaTree } from "hyparquet";
import type { NamedFile } from "../files.ts";
import { columnFault } from "./binaryFile.ts";

export type ParquetColumnType =
  | { readonly kind: "boolean" | "text" | "uuid" }
  /** `divisor` is a decimal's power of ten; `wide` means 64-bit integers, which doubles can hold only up to 53 bits. */
  | { readonly kind: "number"; readonly unsigned: boolean; readonly half: boolean; readonly divisor: number; readonly wide: boolean }
  /** 64-bit integers as text digits. */
  | { readonly kind: "digits"; readonly unsigned: boolean }
  /** Milliseconds = stored number · `factor` / `divisor`. */
  | { readonly kind: "time"; readonly factor: number; readonly divisor: number };

const UNITS = { MILLIS: 1, MICROS: 1e3, NANOS: 1e6 } as const;
const DAY = 86_400_000;

/** @throws Fault that names the column, for lists, maps, structures and other unsupported types */
export function parquetColumnType(file: NamedFile, column: SchemaTree): ParquetColumnType {
  const { element, children } = column;
  const { name, type, converted_type: converted, logical_type: logical } = element;
  const kind = logical?.type ?? converted;
  if (children.length > 0) throw columnFault(file, name, kind === "LIST" ? "lists" : kind === "MAP" || kind === "MAP_KEY_VALUE" ? "maps" : "structures");
  if (element.repetition_type === "REPEATED") throw columnFault(file, name, "lists");
  const number = (
    options: { readonly unsigned?: boolean; readonly half?: boolean; readonly divisor?: number; readonly wide?: boolean } = {},
  ): ParquetColumnType => ({
    kind: "number",
    unsigned: options.unsigned ?? false,
    half: options.half ?? false,
    divisor: options.divisor ?? 1,
    wide: options.wide ?? false,
  });
  if (kind === "DECIMAL") return number({ divisor: 10 ** (logical?.type === "DECIMAL" ? logical.scale : (element.scale ?? 0)) });
  if (kind === "DATE") return { kind: "time", factor: DAY, divisor: 1 };
  if (logical?.type === "TIMESTAMP") return { kind: "time", factor: 1, divisor: UNITS[logical.unit] };
  if (converted === "TIMESTAMP_MILLIS" || converted === "TIMESTAMP_MICROS")
    return { kind: "time", factor: 1, divisor: converted === "TIMESTAMP_MILLIS" ? 1 : 1e3 };
  if (kind === "FLOAT16") return number({ half: true });
  if (kind === "UUID") return { kind: "uuid" };
  if (kind === "BSON" || kind === "INTERVAL" || kind === "GEOMETRY" || kind === "GEOGRAPHY" || kind === "VARIANT")
    throw columnFault(file, name, `values of kind ${kind.toLowerCase()}`);
  const unsigned = (logical?.type === "INTEGER" && !logical.isSigned) || (converted?.startsWith("UINT") ?? false);
  switch (type) {
    case "BOOLEAN":
      return { kind: "boolean" };
    case "INT32":
      return number({ unsigned });
    case "INT64":
      return number({ unsigned, wide: true });
    case "FLOAT":
    case "DOUBLE":
      return number();
    case "INT96":
      return { kind: "time", factor: 1, divisor: 1 };
    case "BYTE_ARRAY":
      return { kind: "text" };
    default:
      throw columnFault(file, name, "bytes");
  }
}
