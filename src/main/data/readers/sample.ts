/**
 * A small data set of a format, with the expected result of reading it. Every reader defines its own; tests/data/readers.test.ts checks all of them,
 * and also damages the files in every way it knows.
 */
import { inflateSync } from "node:zlib";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { TableFormatName } from "../../../shared/recipe/formats/index.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";

/** Contents (text or bytes) by path inside the sample's folder, with `/`. */
export type SampleFiles = Readonly<Record<string, string | Uint8Array>>;

export interface ReaderSample<S extends FileSource = FileSource> {
  files(): SampleFiles;
  /** Paths are relative to the sample's folder. */
  readonly source: S;
  /** The file or folder that must be detected as the source when dropped; null if none. */
  readonly dropped: string | null;
  /** The name comes from the file or folder. */
  readonly facts: DatasetFacts;
  /** The values of every sample as fetched; NaN if missing. */
  readonly values: readonly (readonly number[])[];
  /** The targets of all samples, concatenated. */
  readonly targets: readonly number[];
}

/** Files that must be refused. */
export interface FailingSample<S extends FileSource = FileSource> {
  /** What is wrong with them, used as a test name. */
  readonly what: string;
  files(): SampleFiles;
  readonly source: S;
  /** Matches the message. */
  readonly says: RegExp;
}

/** Decodes bytes that a reader's source code contains as text: zlib-deflated, base64. */
export function unpacked(text: string): Uint8Array {
  return inflateSync(Buffer.from(text, "base64"));
}

/** A table that every table format can hold, with a missing number and a missing category. */
const TABLE = {
  facts: {
    length: 4,
    sampleShape: [2],
    elementType: "float32",
    target: { kind: "classification", classes: ["a", "b"] },
    givenTest: 0,
    columns: [
      { name: "size", kind: "numeric", missing: 1 },
      { name: "colour", kind: "categorical", missing: 1, categories: ["blue", "red"] },
    ],
    keys: ["size", "colour", "kind"],
  },
  values: [
    [1.5, 1],
    [2.25, 0],
    [Number.NaN, 1],
    [-4, Number.NaN],
  ],
  targets: [0, 1, 0, 1],
} as const;

/** The rows of that table. */
export const TABLE_ROWS = [
  { size: 1.5, colour: "red", kind: "a" },
  { size: 2.25, colour: "blue", kind: "b" },
  { size: null, colour: "red", kind: "a" },
  { size: -4, colour: null, kind: "b" },
] as const;

/** That table in a file: `things.csv`, with the target column `kind`. */
export function tableSample<S extends Extract<FileSource, { readonly type: TableFormatName }>>(source: S, content: () => string | Uint8Array): ReaderSample<S> {
  return {
    files: () => ({ [source.path]: content() }),
    source,
    dropped: source.path,
    facts: { name: "things", ...TABLE.facts },
    values: TABLE.values,
    targets: TABLE.targets,
  };
}
