/** Data sets known by name, and how a file or folder can be read. Plain JSON values: they cross processes. */

import type { Words } from "../kit/words.ts";
import type { DatasetFacts } from "../recipe/facts.ts";
import type { SourceConfig } from "../recipe/sources.ts";

export interface DatasetEntry {
  readonly name: string;
  readonly title: Words;
  readonly summary: Words;
  readonly licence: string;
  readonly source: string;
  readonly facts: DatasetFacts;
}

/** A data set that the user added. */
export interface OwnDataset {
  readonly id: string;
  readonly name: string;
  readonly source: SourceConfig;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export interface DetectedSource {
  /** A suggested name: the name of the file or folder. */
  readonly name: string;
  readonly source: SourceConfig;
  readonly facts: DatasetFacts;
}
