/** Finds the files that belong to a Parquet data set: pieces of one file, and parts, by their names. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { pictureTable } from "../../../shared/recipe/formats/pictureTable.ts";
import { accessFault, type NamedFile } from "../files.ts";
import { compare, isClutter } from "../sampleFiles/folderTree.ts";
import { PARTS, type Part, partOfName, wordsWithoutPart } from "../sampleFiles/partNames.ts";

export interface TableFile {
  /** Relative to the root, with `/`; only the name if the root is a file. */
  readonly place: string;
  readonly path: string;
  readonly part: Part;
}

export interface TableFiles {
  /** Training, then validation, then test. */
  readonly files: readonly TableFile[];
  /** Files that were added to the named one. */
  readonly taken: readonly string[];
  /** Pieces that should exist according to the names of the others, but do not. */
  readonly missing: readonly string[];
}

/** `train-00000-of-00003`, optionally followed by a hash, which older writers add. */
const PIECE = /^(.*?)[-_.]?(\d+)-of-(\d+)(?:-[0-9a-f]{6,})?$/i;
const DEEPEST = 4;

/** @throws Fault if there is no such file or folder, or no Parquet file in it */
export async function tableFiles(root: NamedFile, beside: "take" | "leave" | undefined): Promise<TableFiles> {
  const found = await stat(root.path).catch(async (error: unknown) => {
    throw await accessFault(root, error);
  });
  if (found.isDirectory()) return inFolder(root);
  const name = path.basename(root.path);
  const folder = path.dirname(root.path);
  const names = beside === "leave" ? [name] : (await readdir(folder)).filter((each) => each === name || (isOne(each) && belongs(name, each)));
  const files = inOrder(names.map((each) => ({ place: each, path: path.join(folder, each), part: partOf([each]) ?? "train" })));
  return { files, taken: files.map(({ place }) => place).filter((each) => each !== name), missing: beside === "leave" ? [] : missingOf(names) };
}

function isOne(name: string): boolean {
  return hasEnding(pictureTable, name) && !isClutter(name);
}

async function inFolder(root: NamedFile): Promise<TableFiles> {
  const places = await placesIn(root.path, "", DEEPEST);
  if (places.length === 0)
    throw new Fault("input", [
      {
        place: root.path,
        expected: `must hold Parquet files (${pictureTable.endings.join(", ")})`,
        received: "none",
        remedy: "Name the folder that holds them, or one of them.",
      },
    ]);
  const files = places.map((place) => ({ place, path: path.join(root.path, place), part: partOf(place.split("/")) ?? "train" }));
  return { files: inOrder(files), taken: [], missing: missingOf(places) };
}

async function placesIn(folder: string, prefix: string, depth: number): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !isClutter(name)).sort((a, b) => compare(a.name, b.name));
  const places: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (depth > 0) places.push(...(await placesIn(path.join(folder, entry.name), `${prefix}${entry.name}/`, depth - 1)));
    } else if (isOne(entry.name)) places.push(`${prefix}${entry.name}`);
  }
  return places;
}

/** If there is no training part, all files are used for training. */
function inOrder(files: readonly TableFile[]): readonly TableFile[] {
  const parted = files.some(({ part }) => part === "train") ? files : files.map((file) => ({ ...file, part: "train" as const }));
  return parted.toSorted((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || compare(a.place, b.place));
}

/** The file's own name takes precedence over its folders. */
function partOf(names: readonly string[]): Part | null {
  for (const name of names.toReversed()) {
    const said = partOfName(stemOf(name));
    if (said !== null) return said.part;
  }
  return null;
}

function stemOf(name: string): string {
  const stem = name.slice(name.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return PIECE.exec(stem)?.[1] ?? stem;
}

/** Whether a file is another piece of the same file, or another part of the same data. */
function belongs(name: string, other: string): boolean {
  const [stem, otherStem] = [stemOf(name), stemOf(other)];
  const pieces = [name, other].map((each) => PIECE.exec(each.replace(/\.[^.]*$/, "")));
  if (stem === otherStem) return pieces.every((piece) => piece !== null) && pieces[0]?.[3] === pieces[1]?.[3];
  if (partOfName(stem) === null || partOfName(otherStem) === null) return false;
  return wordsWithoutPart(stem).join(" ") === wordsWithoutPart(otherStem).join(" ");
}

function missingOf(places: readonly string[]): readonly string[] {
  const there = new Set<string>();
  const wanted = new Map<string, string>();
  for (const place of places) {
    const ending = place.slice(place.lastIndexOf("."));
    const piece = PIECE.exec(place.slice(0, place.length - ending.length));
    if (piece === null) continue;
    const [, stem = "", number = "", total = ""] = piece;
    there.add(`${stem} ${Number(number)} ${total}`);
    for (let i = 0; i < Math.min(Number(total), 100_000); i++)
      wanted.set(`${stem} ${i} ${total}`, `${stem}-${String(i).padStart(number.length, "0")}-of-${total}${ending}`);
  }
  return [...wanted].filter(([key]) => !there.has(key)).map(([, place]) => place);
}
