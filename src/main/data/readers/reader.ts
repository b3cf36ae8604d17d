/** What a format brings: one reader a file, one line in the index. */

import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../../shared/recipe/recipe.ts";
import type { Dataset } from "../dataset.ts";
import type { NamedFile } from "../files.ts";

/** The sources that are read from files, by their `type`. */
export type FileSource = Exclude<SourceConfig, { readonly type: "shipped" }>;

export interface Reader<S extends FileSource = FileSource> {
  /** Every file the source names. */
  files(source: S): readonly NamedFile[];
  /**
   * The facts without keeping samples in memory.
   * @throws Fault for a file that is missing or cannot be read as this format
   */
  describe(source: S): Promise<DatasetFacts>;
  /** @throws Fault as `describe`, and for damage that only shows when everything is read */
  open(source: S): Promise<Dataset>;
}
