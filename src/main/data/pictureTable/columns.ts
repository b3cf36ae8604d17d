/** Examines the columns of a Parquet file: which hold images, which could be labels, and the names of class numbers. */
import { type FileMetaData, parquetReadObjects, parquetSchema, type SchemaTree } from "hyparquet";
import { z } from "zod";
import { Fault } from "../../../shared/kit/fault.ts";
import { beginsLikeImage } from "../images/header.ts";
import type { BinaryFile } from "../tables/binaryFile.ts";
import { compressors } from "../tables/parquetColumn.ts";
import { parquetColumnType } from "../tables/parquetTypes.ts";

/** The content of a cell of an image column. */
export interface ImageCell {
  /** Null if the cell is empty or holds only a file name. */
  readonly bytes: Buffer | null;
  /** The image's original file name. */
  readonly name: string | null;
}

export interface LabelColumn {
  readonly name: string;
  /** Whether the column's name or the metadata say that it is a label. */
  readonly sure: boolean;
  readonly task: "classification" | "regression";
}

/** Number of rows examined to tell whether a column holds images. */
const LOOKS = 4;
const LABEL =
  /^(?:.*[\W_])?(?:labels?|class|classes|targets?|category|categories|y|species|breed|kind|diagnosis|score|age|rating|digit|emotion|sentiment)(?:[\W_]id)?$/i;
/** Names of columns that give an image's origin or size. */
const NO_LABEL =
  /^(?:.*[\W_])?(?:id|idx|index|uuid|md5|sha\d*|hash|url|uri|path|paths|file_?names?|file|name|width|height|size|bytes|captions?|texts?|descriptions?|prompt|source|license|date|time|timestamp|split)$/i;

/** The metadata of Hugging Face's `datasets`: `info.features` by column. */
const featuresSchema = z.object({
  info: z.object({
    features: z.record(z.string(), z.looseObject({ _type: z.string().optional(), names: z.array(z.string()).optional() })),
  }),
});

type Features = z.output<typeof featuresSchema>["info"]["features"];

/** The metadata about the columns; empty if there are none or they are not understood. */
function featuresOf(metadata: FileMetaData): Features {
  const text = metadata.key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  if (text === undefined) return {};
  try {
    return featuresSchema.safeParse(JSON.parse(text)).data?.info.features ?? {};
  } catch {
    return {};
  }
}

/** Class names by their numbers; null if the file does not have them. */
export function classNamesOf(metadata: FileMetaData, column: string): readonly string[] | null {
  return featuresOf(metadata)[column]?.names ?? null;
}

export function columnNamed(metadata: FileMetaData, name: string): SchemaTree | undefined {
  return parquetSchema(metadata).children.find(({ element }) => element.name === name);
}

/** Whether a column's type allows it to hold image bytes. */
export function canHoldImages({ element, children }: SchemaTree): boolean {
  if (children.length > 0) return element.repetition_type !== "REPEATED" && children.some((child) => child.element.name === "bytes" && isBytes(child));
  return element.repetition_type !== "REPEATED" && isBytes({ element, children });
}

function isBytes({ element: { type, converted_type: converted, logical_type: logical }, children }: Pick<SchemaTree, "element" | "children">): boolean {
  return children.length === 0 && type === "BYTE_ARRAY" && converted === undefined && logical === undefined;
}

/** Columns whose first cells hold images. */
export async function imageColumns(opened: BinaryFile, metadata: FileMetaData): Promise<readonly string[]> {
  const found: string[] = [];
  for (const column of parquetSchema(metadata).children) {
    if (!canHoldImages(column)) continue;
    const { name } = column.element;
    const cells = await readCells(opened, metadata, name, 0, LOOKS).catch(() => []);
    const first = cells.find(({ bytes }) => bytes !== null)?.bytes;
    const isSaid = featuresOf(metadata)[name]?._type === "Image";
    if (first === undefined || first === null ? isSaid : beginsLikeImage(first.subarray(0, 512))) found.push(name);
  }
  return found;
}

/** Columns that could be the target, most likely first. */
export function labelColumns(opened: BinaryFile, metadata: FileMetaData): readonly LabelColumn[] {
  const features = featuresOf(metadata);
  const columns = parquetSchema(metadata).children.flatMap((column) => {
    const { name, type } = column.element;
    const kind = kindOf(opened, column);
    if (kind === null || canHoldImages(column)) return [];
    const isClass = features[name]?._type === "ClassLabel";
    const isDecimal = kind === "number" && (type === "FLOAT" || type === "DOUBLE");
    const rank = isClass ? 0 : LABEL.test(name) ? 1 : NO_LABEL.test(name) || kind === "time" ? 3 : 2;
    return [{ name, sure: rank < 2, task: isDecimal ? ("regression" as const) : ("classification" as const), rank }];
  });
  return columns.filter(({ rank }) => rank < 3).sort((a, b) => a.rank - b.rank);
}

function kindOf({ file }: BinaryFile, column: SchemaTree): string | null {
  try {
    return parquetColumnType(file, column).kind;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** Cells of an image column; `end` may be past the last row. */
export async function readCells(opened: BinaryFile, metadata: FileMetaData, column: string, start: number, end: number): Promise<readonly ImageCell[]> {
  const rows = await parquetReadObjects({
    file: { byteLength: opened.byteLength, slice: (from, to) => opened.slice(from, to) },
    metadata,
    columns: [column],
    rowStart: start,
    rowEnd: end,
    utf8: false,
    compressors,
  });
  return rows.map((row) => cellOf(row[column]));
}

function cellOf(value: unknown): ImageCell {
  if (value instanceof Uint8Array) return { bytes: bufferOf(value), name: null };
  if (typeof value !== "object" || value === null) return { bytes: null, name: null };
  const [bytes, name]: unknown[] = [Reflect.get(value, "bytes"), Reflect.get(value, "path")];
  return { bytes: bytes instanceof Uint8Array && bytes.length > 0 ? bufferOf(bytes) : null, name: typeof name === "string" && name !== "" ? name : null };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
