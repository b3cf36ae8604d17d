/** The interface of a format's reader: one file per reader. */

import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import type { Dataset } from "../dataset.ts";
import type { NamedFile } from "../files.ts";
import type { LoadedTable, LoadOptions } from "../tables/loadedTable.ts";
import type { FailingSample, ReaderSample } from "./sample.ts";

/** Progress from 0 to `total`; the unit is up to the reader. */
export type Progress = (done: number, total: number) => void;

/** Fields of a source by name, as the user set them. */
export type SetFields = Readonly<Record<string, unknown>>;

export interface Reader<S extends FileSource = FileSource> {
  /** Every file that the source names; each must exist. Empty for folders and for sources without files. */
  files(source: S): readonly NamedFile[];
  /** For folders: a text that changes when the contents change (names, sizes, times). The named files themselves are checked separately. */
  state?(source: S): Promise<string>;
  /**
   * The facts, without keeping samples in memory.
   * @throws Fault for a file that is missing or cannot be read as this format
   */
  describe(source: S): Promise<DatasetFacts>;
  /** The first samples of a source that takes long to open; null if it opens quickly or they cannot be read separately. */
  openSample?(source: S): Promise<Dataset | null>;
  /**
   * The source for a dropped file or folder, if it looks like this format; null otherwise.
   * Must be cheap: reads only names and first bytes. The target column and similar fields are guessed and can be corrected.
   * @param set fields of the source that the user has already set, not validated; they take precedence over guesses
   * @throws Fault if the name says that it is of this format, but it cannot be read
   */
  detect?(file: string, set?: SetFields): Promise<S | null>;
  /**
   * For formats that hold tables: reads a file as a table, with the settings of a source if given.
   * @throws Fault for a file that is missing or not a table
   */
  table?(file: NamedFile, options: LoadOptions, source?: S): Promise<LoadedTable>;
  /**
   * @param onProgress called while samples are read; may throw, which cancels the opening and leaves nothing unfinished
   * @throws Fault like `describe`, and for damage that only shows when everything is read
   */
  open(source: S, onProgress?: Progress): Promise<Dataset>;
  /** Small data sets with the expected result of reading them. */
  readonly samples: readonly ReaderSample<S>[];
  /** Files that must be refused. */
  readonly failing: readonly FailingSample<S>[];
}
