/** What a format brings: one reader a file, one line in the index. */

import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import type { Dataset } from "../dataset.ts";
import type { NamedFile } from "../files.ts";
import type { LoadedTable, LoadOptions } from "../tables/loadedTable.ts";
import type { FailingSample, ReaderSample } from "./sample.ts";

/** How much is read, from 0 to `total`; the unit is the reader's own. */
export type Progress = (done: number, total: number) => void;

/** Fields of a source by name, as a person set them. */
export type SetFields = Readonly<Record<string, unknown>>;

export interface Reader<S extends FileSource = FileSource> {
  /** Every file the source names; must be there and be files. Empty for folders and for what is no file. */
  files(source: S): readonly NamedFile[];
  /** For folders: a text that differs when what is in them changes (names, sizes, times). Files' own are looked at beside it. */
  state?(source: S): Promise<string>;
  /**
   * The facts without keeping samples in memory.
   * @throws Fault for a file that is missing or cannot be read as this format
   */
  describe(source: S): Promise<DatasetFacts>;
  /** The first samples of what takes long to open; null where it is opened in a moment or they cannot be read by themselves. */
  openSample?(source: S): Promise<Dataset | null>;
  /**
   * The source for a file or folder that a person dropped, where it looks like this format; null otherwise.
   * Cheap: names and first bytes. A target column and the like are guessed and can be corrected.
   * @param set fields of the source that the person has set already, unchecked: they come before any guess
   * @throws Fault where its name says that it is of this format, and it cannot be read as that
   */
  detect?(file: string, set?: SetFields): Promise<S | null>;
  /**
   * For formats that hold tables: a file's table, read as a source says where one is given.
   * @throws Fault for a file that is missing or is no table
   */
  table?(file: NamedFile, options: LoadOptions, source?: S): Promise<LoadedTable>;
  /**
   * @param onProgress is called while samples are read, and may throw: that ends the opening, and nothing half done stays
   * @throws Fault as `describe`, and for damage that only shows when everything is read
   */
  open(source: S, onProgress?: Progress): Promise<Dataset>;
  /** Small data sets with what must be read of them. */
  readonly samples: readonly ReaderSample<S>[];
  /** Files that must be refused. */
  readonly failing: readonly FailingSample<S>[];
}
