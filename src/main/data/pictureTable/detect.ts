/** Detects images in a Parquet file or a folder of such files, and guesses the columns. */
import { stat } from "node:fs/promises";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { pictureTable } from "../../../shared/recipe/formats/pictureTable.ts";
import type { SetFields } from "../readers/reader.ts";
import { BinaryFile } from "../tables/binaryFile.ts";
import { readMetadata } from "../tables/loadParquet.ts";
import { imageColumns, labelColumns } from "./columns.ts";
import { tableFiles } from "./files.ts";
import type { PictureTableSource } from "./scan.ts";

/**
 * Null if there are no images.
 * @throws Fault for images without a column that could be the target
 */
export async function detectPictureTable(given: string, set: SetFields): Promise<PictureTableSource | null> {
  const found = await pictureTableColumns(given);
  if (found === null) return null;
  const { images, labels } = found;
  const image = typeof set.image === "string" ? set.image : images[0];
  if (image === undefined) return null;
  const [label] = labels;
  const target = typeof set.target === "string" ? set.target : label?.name;
  if (target === undefined)
    throw new Fault("input", [
      {
        place: given,
        expected: `must have another column besides the images (${quote(image)}) with their labels`,
        received: "images without labels",
        remedy: "Add a column with their classes or values, or name one in data.source.target.",
      },
    ]);
  const task = labels.find(({ name }) => name === target)?.task ?? "classification";
  return { type: "pictureTable", path: given, image, target, task, fit: "stretch", channels: "auto" };
}

/** The columns of a file, or of the first file in a folder; null if it holds no images. */
export async function pictureTableColumns(given: string) {
  const isFolder = (await stat(given)).isDirectory();
  if (!isFolder && !hasEnding(pictureTable, given)) return null;
  const first = isFolder ? await firstIn(given) : given;
  return first === null ? null : columnsOf(first);
}

async function firstIn(folder: string): Promise<string | null> {
  try {
    return (await tableFiles({ path: folder, field: "data.source.path" }, undefined)).files[0]?.path ?? null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** Null if no column holds images, or if the file is not a complete Parquet file; the table reader reports what is wrong then. */
async function columnsOf(file: string) {
  try {
    return await BinaryFile.use({ path: file, field: "data.source.path" }, async (opened) => {
      const metadata = await readMetadata(opened);
      const images = await imageColumns(opened, metadata);
      return images.length === 0 ? null : { images, labels: labelColumns(opened, metadata) };
    });
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
