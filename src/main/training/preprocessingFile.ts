/**
 * What a run learned of its training part before the first step, kept with it as preprocessing.json, which is sealed (storage/seal.ts): what stands in
 * for missing values, which categories are kept, means and scales.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts, Standardization } from "../../shared/recipe/facts.ts";
import type { Learned } from "../data/encode.ts";
import { describeUnreadable, openSealedJson, sealedJson } from "../storage/seal.ts";
import { writeWhole } from "../storage/wholeFile.ts";

/** In the folder of a run. */
export const PREPROCESSING_FILE = "preprocessing.json";
const FORMAT = "descent preprocessing 1";

export interface Preprocessing extends Learned {
  /** Of the data as they are in their source, before they are encoded. */
  readonly facts: DatasetFacts;
  /** The feature columns of a table in the order of the features; null where samples are no rows of a table. */
  readonly columns: readonly ColumnFacts[] | null;
  readonly standardization: Standardization;
  /** Of a regression's targets; null where they are learned as they are, and for classes. */
  readonly targetStandardization: Standardization | null;
  /** Training samples of each class; empty for a regression. */
  readonly classCounts: readonly number[];
}

type PlainStandardization = { readonly [field in keyof Standardization]: readonly number[] };

/** The content of the file: plain JSON. */
interface Stored extends Pick<Preprocessing, "facts" | "columns" | "classCounts"> {
  readonly format: string;
  readonly fills: readonly (readonly [column: string, value: number])[];
  readonly kept: readonly (readonly [column: string, categories: readonly string[]])[];
  readonly standardization: PlainStandardization;
  readonly targetStandardization: PlainStandardization | null;
}

/** @throws Fault where the disk is full or the folder not writable */
export async function writePreprocessing(folder: string, learned: Preprocessing): Promise<void> {
  const { standardization, targetStandardization, fills, kept, facts, columns, classCounts } = learned;
  const content: Stored = {
    format: FORMAT,
    facts,
    columns,
    classCounts,
    fills: [...fills],
    kept: [...kept],
    standardization: plain(standardization),
    targetStandardization: targetStandardization && plain(targetStandardization),
  };
  await writeWhole(path.join(folder, PREPROCESSING_FILE), [sealedJson(content)], {
    what: "what the run has learned of its data",
    remedy: "Free some space and start again.",
  });
}

/**
 * @returns null where there is no such file: runs of older versions have none
 * @throws Fault for a damaged file
 */
export async function readPreprocessing(folder: string): Promise<Preprocessing | null> {
  const file = path.join(folder, PREPROCESSING_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const said = describeUnreadable(error);
    if (said === "no such file") return null;
    throw damaged(file, said);
  }
  const opened = openSealedJson(bytes);
  if ("damage" in opened) throw damaged(file, opened.damage);
  if (!isStored(opened.value)) throw damaged(file, "a file of another format");
  const { format: _, fills, kept, standardization, targetStandardization, ...rest } = opened.value;
  return {
    ...rest,
    fills: new Map(fills),
    kept: new Map(kept),
    standardization: standardizationOf(standardization),
    targetStandardization: targetStandardization && standardizationOf(targetStandardization),
  };
}

/** The seal says that Descent wrote it, the format what it wrote. */
function isStored(value: unknown): value is Stored {
  return typeof value === "object" && value !== null && "format" in value && value.format === FORMAT;
}

function plain({ shape, mean, scale }: Standardization): PlainStandardization {
  return { shape, mean: [...mean], scale: [...scale] };
}

function standardizationOf({ shape, mean, scale }: PlainStandardization): Standardization {
  return { shape, mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
}

function damaged(file: string, received: string): Fault {
  return new Fault("input", [
    {
      place: file,
      expected: "must be what the run wrote when it began",
      received,
      remedy: "Restore the file from a copy, or bring the training data back, from which it is learned again.",
    },
  ]);
}
