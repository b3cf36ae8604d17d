/**
 * The preprocessing that a run learned from its training part before the first step (replacements for missing values, kept categories, means and
 * scales), stored as preprocessing.json with a seal (storage/seal.ts).
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Fault } from "../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts, Standardization } from "../../shared/recipe/facts.ts";
import { storedColumn, storedFacts } from "../../shared/recipe/storedFacts.ts";
import type { Learned } from "../data/encode.ts";
import { describeUnreadable, openSealedJson, sealedJson } from "../storage/seal.ts";
import { writeWhole } from "../storage/wholeFile.ts";

/** File name in a run's folder. */
export const PREPROCESSING_FILE = "preprocessing.json";
const FORMAT = "descent preprocessing 1";

export interface Preprocessing extends Learned {
  /** Facts of the data as in their source, before encoding. */
  readonly facts: DatasetFacts;
  /** The feature columns of a table in the order of the features; null if samples are not table rows. */
  readonly columns: readonly ColumnFacts[] | null;
  readonly standardization: Standardization;
  /** Standardization of a regression's targets; null if they are not standardized, and for classes. */
  readonly targetStandardization: Standardization | null;
  /** Number of training samples in each class; empty for a regression. */
  readonly classCounts: readonly number[];
}

const numbers = z.array(z.number());
const standardizationSchema = z.object({ shape: z.array(z.int()), mean: numbers, scale: numbers });

/** The content of the file: plain JSON. */
const storedSchema = z.object({
  format: z.literal(FORMAT),
  facts: storedFacts,
  columns: z.array(storedColumn).nullable(),
  classCounts: z.array(z.int()),
  fills: z.array(z.tuple([z.string(), z.number()])),
  kept: z.array(z.tuple([z.string(), z.array(z.string())])),
  standardization: standardizationSchema,
  targetStandardization: standardizationSchema.nullable(),
});

type Stored = z.output<typeof storedSchema>;
type PlainStandardization = z.output<typeof standardizationSchema>;

/** @throws Fault if the disk is full or the folder not writable */
export async function writePreprocessing(folder: string, learned: Preprocessing): Promise<void> {
  const { standardization, targetStandardization, fills, kept, facts, columns, classCounts } = learned;
  const content: Stored = {
    format: FORMAT,
    facts,
    columns: columns && [...columns],
    classCounts: [...classCounts],
    fills: [...fills],
    kept: [...kept].map(([column, categories]) => [column, [...categories]]),
    standardization: plain(standardization),
    targetStandardization: targetStandardization && plain(targetStandardization),
  };
  await writeWhole(path.join(folder, PREPROCESSING_FILE), [sealedJson(content)], {
    what: "the run's preprocessing",
    remedy: "Free some space and start again.",
  });
}

/**
 * @returns null if there is no such file: runs of older versions have none
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
  const stored = storedSchema.safeParse(opened.value);
  if (!stored.success) throw damaged(file, `a file of another format: ${stored.error.issues[0]?.path.join(".")} does not fit`);
  const { format: _, fills, kept, standardization, targetStandardization, ...rest } = stored.data;
  return {
    ...rest,
    fills: new Map(fills),
    kept: new Map(kept),
    standardization: standardizationOf(standardization),
    targetStandardization: targetStandardization && standardizationOf(targetStandardization),
  };
}

function plain({ shape, mean, scale }: Standardization): PlainStandardization {
  return { shape: [...shape], mean: [...mean], scale: [...scale] };
}

function standardizationOf({ shape, mean, scale }: PlainStandardization): Standardization {
  return { shape, mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
}

function damaged(file: string, received: string): Fault {
  return new Fault("input", [
    {
      place: file,
      expected: "must be unchanged since the run wrote it",
      received,
      remedy: "Restore the file from a copy, or restore the training data, so that it can be learned again.",
    },
  ]);
}
