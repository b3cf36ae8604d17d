/**
 * A small data set of a format, and what must be read of it. Every reader has its own beside it; tests/data/readers.test.ts holds all of them to
 * theirs, and damages the files in every way it knows.
 */
import { inflateSync } from "node:zlib";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { TableFormatName } from "../../../shared/recipe/formats/index.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";

/** Contents by the place inside the sample's folder, with `/`: text, or bytes. */
export type SampleFiles = Readonly<Record<string, string | Uint8Array>>;

export interface ReaderSample<S extends FileSource = FileSource> {
  files(): SampleFiles;
  /** With paths inside the sample's folder. */
  readonly source: S;
  /** The file or folder that is dropped for it, and then recognised as the source; null where nothing is. */
  readonly dropped: string | null;
  /** Its file or folder gives the name. */
  readonly facts: DatasetFacts;
  /** The values of every sample, as they are fetched: NaN where one is missing. */
  readonly values: readonly (readonly number[])[];
  /** The targets of all samples, one after the other. */
  readonly targets: readonly number[];
}

/** Files that must be refused. */
export interface FailingSample<S extends FileSource = FileSource> {
  /** What is wrong with them, for the name of a test. */
  readonly what: string;
  files(): SampleFiles;
  readonly source: S;
  /** What the message must say of what was expected and what came. */
  readonly says: RegExp;
}

/** Bytes that are written in a reader as text: deflated (zlib), in base64. */
export function unpacked(text: string): Uint8Array {
  return inflateSync(Buffer.from(text, "base64"));
}

/** A table that every format of tables can hold: a missing number, a missing category. */
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

/** The rows of that table, first to last. */
export const TABLE_ROWS = [
  { size: 1.5, colour: "red", kind: "a" },
  { size: 2.25, colour: "blue", kind: "b" },
  { size: null, colour: "red", kind: "a" },
  { size: -4, colour: null, kind: "b" },
] as const;

/** That table in a file: `things.csv`, its target the column `kind`. */
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
