/** Lists every image in a set of Parquet files with its label, without decoding it. */
import { stat } from "node:fs/promises";
import { type FileMetaData, parquetSchema } from "hyparquet";
import { at, Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { type Scanned, scanBytes } from "../images/scan.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import type { Part } from "../sampleFiles/partNames.ts";
import { fingerprintOf, type Progress } from "../sampleFiles/rowCache.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { BinaryFile, orDamaged } from "../tables/binaryFile.ts";
import { settingsOf } from "../tables/cells/settings.ts";
import { readMetadata } from "../tables/loadParquet.ts";
import { readParquetColumn } from "../tables/parquetColumn.ts";
import { parquetColumnType } from "../tables/parquetTypes.ts";
import { wantedColumn } from "../tables/wantedColumn.ts";
import { canHoldImages, classNamesOf, columnNamed, labelColumns } from "./columns.ts";
import { type TableFile, type TableFiles, tableFiles } from "./files.ts";
import { bytesIn, groupsOf, ImageGroups } from "./groups.ts";

export type PictureTableSource = Extract<SourceConfig, { readonly type: "pictureTable" }>;

/** A class name or a value; null if unknown. */
export type Label = string | number | null;

export interface TableImage extends Scanned<SampleFile> {
  readonly part: Part;
  readonly label: Label;
}

export interface TableScan {
  readonly files: TableFiles;
  /** In the order of the files and their rows. */
  readonly images: readonly TableImage[];
  /** Rows whose image cannot be read. */
  readonly leftOut: readonly LeftOut[];
  /** Class names in order, if a file has them. */
  readonly classNames: readonly string[] | null;
  /** Other columns that look like labels by their names. */
  readonly otherLabels: readonly string[];
  readonly rows: number;
  /** Changes when any file changes. */
  readonly state: string;
}

/** Number of scans kept in this process, because scanning all images of a file takes long. */
const KEPT = 4;
const known = new Map<string, TableScan>();
/** Hugging Face's class number for an unknown class. */
const UNKNOWN_CLASS = -1;

/** The files, and a text that changes with their names, sizes and times. */
export async function stateOf(source: Pick<PictureTableSource, "path" | "beside">): Promise<{ readonly files: TableFiles; readonly state: string }> {
  const files = await tableFiles({ path: source.path, field: "data.source.path" }, source.beside);
  const states = await Promise.all(files.files.map(async ({ path, part }) => [path, part, await stat(path).then(({ size, mtimeMs }) => [size, mtimeMs])]));
  return { files, state: fingerprintOf([states, files.missing]) };
}

/**
 * @param source `target` is null if labels are not needed
 * @param onProgress may throw, which cancels the scan
 * @throws Fault if a file is damaged or lacks a column
 */
export async function scanTable(
  source: Pick<PictureTableSource, "path" | "beside" | "image" | "task"> & { readonly target: string | null },
  onProgress?: Progress,
): Promise<TableScan> {
  const { files, state } = await stateOf(source);
  const key = fingerprintOf([state, source.image, source.target, source.task]);
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const groups = new ImageGroups(source.image);
  const scans = [];
  for (const file of files.files) scans.push(await scanFile(file, source, groups, onProgress));
  const first = at(scans, 0);
  const scan = {
    files,
    images: scans.flatMap(({ images }) => images),
    leftOut: scans.flatMap(({ leftOut }) => leftOut),
    classNames: first.classNames,
    otherLabels: first.otherLabels,
    rows: scans.reduce((sum, { rows }) => sum + rows, 0),
    state,
  };
  known.set(key, scan);
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return scan;
}

async function scanFile(
  file: TableFile,
  { image, target, task }: Pick<PictureTableSource, "image" | "task"> & { readonly target: string | null },
  groups: ImageGroups,
  onProgress: Progress | undefined,
) {
  const named = { path: file.path, field: "data.source.path" };
  const { metadata, labels, classNames, otherLabels } = await BinaryFile.use(named, async (opened) => {
    const metadata = await readMetadata(opened);
    requireColumns(metadata, file, image, target);
    const classNames = target === null ? null : classNamesOf(metadata, target);
    const others = labelColumns(opened, metadata).filter(({ name, sure }) => sure && name !== target);
    return {
      metadata,
      labels: target === null ? null : await readLabels(opened, metadata, target, task, classNames),
      classNames,
      otherLabels: others.map(({ name }) => name),
    };
  });
  const images: TableImage[] = [];
  const leftOut: LeftOut[] = [];
  let rows = 0;
  for (const group of groupsOf(file, metadata)) {
    onProgress?.(0, 1);
    for (const [i, cell] of (await groups.read(group)).entries()) {
      const row = group.start + i;
      const place = `${file.place}, row ${row + 1}`;
      rows++;
      try {
        const content = bytesIn(cell);
        const image = await scanBytes(FileBytes.of(content), async () => content);
        images.push({ place, path: file.path, part: file.part, label: labels?.[row] ?? null, image, bytes: () => groups.bytes(group, row) });
      } catch (error) {
        leftOut.push({ place, reason: reasonOf(error) });
      }
    }
  }
  return { images, leftOut, classNames, otherLabels, rows };
}

/** One per row. */
async function readLabels(
  opened: BinaryFile,
  metadata: FileMetaData,
  target: string,
  task: PictureTableSource["task"],
  classNames: readonly string[] | null,
): Promise<readonly Label[]> {
  const column = columnNamed(metadata, target);
  if (column === undefined) return [];
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const type = parquetColumnType(opened.file, column);
  const read = await orDamaged(opened.file, "Parquet", `column ${quote(target)}`, () => readParquetColumn(opened, metadata, column, type, rows));
  const { column: made } = await wantedColumn(read, settingsOf(target, { kinds: { [target]: task === "classification" ? "categorical" : "numeric" } }));
  if (made.kind !== "categorical") return Array.from(made.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(made.codes, (code) => {
    const name = made.categories[code] ?? null;
    if (name === null || (classNames !== null && Number(name) === UNKNOWN_CLASS)) return null;
    return classNames?.[Number(name)] ?? name;
  });
}

function requireColumns(metadata: FileMetaData, file: TableFile, image: string, target: string | null): void {
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const wanted = [["data.source.image", image] as const, ...(target === null ? [] : [["data.source.target", target] as const])];
  const problems = wanted
    .filter(([, name]) => !names.includes(name))
    .map(([field, name]) => {
      const near = nearestName(name, names);
      return {
        place: field,
        expected: `must name a column of ${file.place}: ${names.slice(0, 20).map(quote).join(", ")}`,
        received: quote(name),
        remedy: near === undefined ? "Choose one of the columns." : `Did you mean ${quote(near)}?`,
      };
    });
  const column = columnNamed(metadata, image);
  if (column !== undefined && !canHoldImages(column))
    problems.push({
      place: "data.source.image",
      expected: "must name a column of images: bytes, or structures with bytes",
      received: `${quote(image)}, which holds something else`,
      remedy: "Choose the column with the images.",
    });
  if (problems.length > 0) throw new Fault("input", problems);
}
