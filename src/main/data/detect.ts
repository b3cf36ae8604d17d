/** Finds the source for a dropped file or folder: the first format that recognizes it. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, quote } from "../../shared/kit/fault.ts";
import { type DroppedFormatName, droppedFormats, formats } from "../../shared/recipe/formats/index.ts";
import type { FileSource } from "../../shared/recipe/sources.ts";
import { mapPaths, type SourceConfig } from "../../shared/recipe/sources.ts";
import { archiveOf, inGivenPlaces, resolveArchive } from "./archives/resolve.ts";
import { accessFault } from "./files.ts";
import { IMAGES } from "./images/scan.ts";
import { readerOf } from "./readerOf.ts";
import { RECORDINGS } from "./readers/audio.ts";
import type { Reader, SetFields } from "./readers/reader.ts";
import { onlyUnread } from "./sampleFiles/classFolders.ts";
import { foreignOf } from "./tables/dialect/foreign.ts";
import { firstBytes } from "./tables/textFile.ts";

const FIELD = "data.source.path";
/** Number of bytes needed to recognize a file. */
const FOREIGN_BYTES = 65_536;

interface DetectOptions {
  /** Readers in the order they are asked; all if absent. */
  readonly readers?: readonly Reader[];
  /** Fields of the source that the user has already set; with a `type` only that format is asked. */
  readonly set?: SetFields;
}

/**
 * Looks into archives; the returned source names a path in the archive, not the unpacked files.
 * @throws Fault that says what is wrong with a file of a supported format, or what was found if no format recognizes it
 */
export async function detectSource(given: string, { readers, set = {} }: DetectOptions = {}): Promise<SourceConfig> {
  const file = await resolveArchive(given, FIELD);
  await stat(file).catch(async (error: unknown) => {
    throw await accessFault({ path: given, field: FIELD }, error);
  });
  const named = droppedFormats.filter((type) => type === set["type"]);
  for (const reader of readers ?? (await readersOf(named.length === 0 ? droppedFormats : named))) {
    const source = await reader.detect?.(file, set).catch((error: unknown) => {
      throw inGivenPlaces(error, [[given, file]]);
    });
    if (source !== undefined && source !== null) return file === given ? source : await intoArchive(source, given, file);
  }
  const [type] = named;
  throw type === undefined ? await unknown(given, file) : await otherThan(type, given, file);
}

function readersOf(types: readonly DroppedFormatName[]): Promise<readonly Reader[]> {
  return Promise.all(types.map((type) => readerOf({ type })));
}

/** The source found in an unpacked archive, with its path rewritten to lead into the archive. */
async function intoArchive(source: FileSource, given: string, file: string): Promise<SourceConfig> {
  const place = await archiveOf(given, FIELD);
  if (place === null) return source;
  return mapPaths(source, (found) => {
    if (found === file) return given;
    const inner = path.relative(place.folder, found);
    return inner.startsWith("..") || path.isAbsolute(inner) ? found : path.join(place.archive, inner);
  });
}

async function unknown(given: string, file: string): Promise<unknown> {
  const isFolder = (await stat(file)).isDirectory();
  if (isFolder)
    for (const wanted of [IMAGES, RECORDINGS]) {
      const unread = await onlyUnread(file, wanted);
      if (unread !== null) return inGivenPlaces(unread, [[given, file]]);
    }
  const foreign = isFolder ? null : foreignOf(await firstBytes({ path: file, field: FIELD }, FOREIGN_BYTES));
  return new Fault("input", [
    {
      place: given,
      expected: `must be a data set that Descent reads: ${dropWords()}, or a .zip or .tar of these`,
      received: isFolder ? await describeFolder(file) : `${describeEnding(file)}${foreign === null ? "" : `: ${foreign.what}`}`,
      remedy: isFolder
        ? "Name the folder that holds the class folders, or a file inside it."
        : (foreign?.remedy ?? "Convert it to one of these, or write a module that reads it (docs/data-set-as-code.md)."),
    },
  ]);
}

/** The fault for data that are not in the format that the user named. */
async function otherThan(type: DroppedFormatName, given: string, file: string): Promise<Fault> {
  return new Fault("input", [
    {
      place: given,
      expected: `must look like what was named: ${formats[type].drop.en}`,
      received: (await stat(file)).isDirectory() ? await describeFolder(file) : describeEnding(file),
      remedy: "Set every field of the source, because nothing could be detected, or name another format.",
    },
  ]);
}

function describeEnding(file: string): string {
  const ending = path.extname(file).toLowerCase();
  return `a file ${ending === "" ? "without an ending" : `that ends in ${quote(ending)}`}`;
}

/** Formats with the same description are listed once. */
function dropWords(): string {
  return [...new Set(droppedFormats.map((type) => formats[type].drop.en))].join(", ");
}

/** `a folder of 3 folders and 12 files (8 .txt, 4 .md)`. */
async function describeFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const endings = new Map<string, number>();
  for (const { name } of files) {
    const ending = path.extname(name).toLowerCase() || "without an ending";
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  const frequent = [...endings]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([ending, count]) => `${count} ${ending}`);
  const folders = entries.filter((entry) => entry.isDirectory()).length;
  return `a folder of ${counted(folders, "folder")} and ${counted(files.length, "file")}${frequent.length === 0 ? "" : ` (${frequent.join(", ")})`}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
