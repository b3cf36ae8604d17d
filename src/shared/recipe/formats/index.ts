/** Every format, in the order in which detection tries them. Modules come last, because any code file looks like one. */
import { arrow } from "./arrow.ts";
import { audio } from "./audio.ts";
import { cifar } from "./cifar.ts";
import { csv } from "./csv.ts";
import { type Format, hasEnding } from "./format.ts";
import { hdf5 } from "./hdf5.ts";
import { idx } from "./idx.ts";
import { images } from "./images.ts";
import { jsonLines } from "./jsonLines.ts";
import { labelledImages } from "./labelledImages.ts";
import { module } from "./module.ts";
import { npy } from "./npy.ts";
import { parquet } from "./parquet.ts";
import { pictureTable } from "./pictureTable.ts";
import { shipped } from "./shipped.ts";
import { synthetic } from "./synthetic.ts";

export const formats = { shipped, synthetic, npy, hdf5, pictureTable, parquet, arrow, idx, cifar, csv, jsonLines, audio, labelledImages, images, module };

export type FormatName = keyof typeof formats;

export function isFormat(type: string): type is FormatName {
  return Object.hasOwn(formats, type);
}

/** The formats with a table, one sample per row. */
export type TableFormatName = { [Name in FormatName]: (typeof formats)[Name]["holds"] extends "table" ? Name : never }[FormatName];

export function holdsTable(type: FormatName): type is TableFormatName {
  return formats[type].holds === "table";
}

/** The formats that can be dropped. */
export type DroppedFormatName = { [Name in FormatName]: (typeof formats)[Name]["drop"] extends null ? never : Name }[FormatName];

/** In the order in which detection tries them. */
export const droppedFormats: readonly DroppedFormatName[] = (Object.keys(formats) as FormatName[]).filter(isDropped);

function isDropped(type: FormatName): type is DroppedFormatName {
  return formats[type].drop !== null;
}

/** The first of the given formats that has the extension of the file. */
export function formatByEnding<Name extends FormatName>(file: string, among: (name: FormatName) => name is Name): Name | undefined {
  return (Object.keys(formats) as FormatName[]).filter(among).find((name) => hasEnding(formats[name], file));
}

/** The format of a source, by its `type`. */
export function formatOf({ type }: { readonly type: FormatName }): Format {
  return formats[type];
}
