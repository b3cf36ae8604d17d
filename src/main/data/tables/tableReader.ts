/** Common parts of the table readers: one file, read completely, with its target guessed from the first rows. */
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { type Format, hasEnding } from "../../../shared/recipe/formats/format.ts";
import { type NamedFile, statFile } from "../files.ts";
import type { Reader, SetFields } from "../readers/reader.ts";
import { guessTarget, type TableGuess } from "./guessTarget.ts";
import type { LoadedTable, LoadOptions } from "./loadedTable.ts";
import { tableDataset } from "./tableDataset.ts";
import { tableIn } from "./tableFolder.ts";
import { partFiles, partsBeside, unusedProblem, withParts } from "./tableParts.ts";
import { checkTableSource, noFeatures, settingsOfSource, type TableSource } from "./tableSource.ts";

/** Extensions that many other files have too, so that a mismatch is not reported. */
const ANY_TEXT = /\.(?:txt|data|dat)$/i;
/** Files above this size take longer than a second. */
const LONG_BYTES = 32 * 1024 ** 2;

interface TableFormat<S extends TableSource> extends Pick<Reader<S>, "samples" | "failing"> {
  readonly format: Pick<Format, "endings">;
  /** @param source settings for reading the file, if known */
  load(file: NamedFile, options: LoadOptions, source: S | undefined): Promise<LoadedTable>;
  /** The first rows; a Fault for a file of another format. */
  sample(file: NamedFile, source: Partial<S> | undefined): Promise<LoadedTable>;
  /** The user's settings that concern how a file is read, as far as they are valid. */
  fieldsOf?(set: SetFields): Partial<S>;
  source(path: string, guess: TableGuess, fields: Partial<S>): S;
}

export function tableReader<S extends TableSource>(format: TableFormat<S>): Reader<S> {
  const open = async (source: S, onProgress?: LoadOptions["onProgress"]) => {
    const loaded = await format.load(
      sourceFile(source.path),
      {
        ...settingsOfSource(source),
        onProgress,
        checkNames: (names, place) => checkTableSource(source, names, place),
        // A wanted column (the target, or one with a given kind) must not be skipped.
        maySkip: (name) => name !== source.target && source.kinds?.[name] === undefined,
      },
      source,
    );
    const whole = await withParts(source, loaded, (file, options) => format.load(file, options, source));
    const unused = await unusedProblem(source, format.format);
    return tableDataset(unused.length === 0 ? whole : { ...whole, problems: [...whole.problems, ...unused] }, source);
  };
  return {
    samples: format.samples,
    failing: format.failing,
    files: (source) => [sourceFile(source.path), ...partFiles(source)],
    describe: async (source) => (await open(source)).facts,
    open,
    table: (file, options, source) => format.load(file, options, source),
    async openSample(source) {
      const file = sourceFile(source.path);
      if ((await statFile(file)).size < LONG_BYTES) return null;
      try {
        return tableDataset(await format.sample(file, source), source);
      } catch (error) {
        // The first rows may lack a class or a value.
        if (error instanceof Fault) return null;
        throw error;
      }
    },
    async detect(given, set = {}) {
      // If the user named the format, the file's error is reported whatever its extension.
      const isNamed = set["type"] !== undefined;
      const file = isNamed || hasEnding(format.format, given) ? given : await tableIn(given, format.format);
      if (file === null) return null;
      try {
        const fields: Partial<S> = format.fieldsOf?.(set) ?? {};
        const { table, skipped } = await format.sample(sourceFile(file), fields);
        const guess = guessTarget(table.columns, set);
        if (guess === null) throw noFeatures(file, `only the column ${quote(table.columns[0]?.name)}`);
        const names = table.columns.map(({ name }) => name);
        const parts = await partsBeside(file, format.format, names, (other) => format.sample(other, fields));
        return { ...format.source(file, skipped.length === 0 ? guess : { ...guess, ignore: [...skipped] }, fields), ...parts };
      } catch (error) {
        if (!isNamed && error instanceof Fault && ANY_TEXT.test(file)) return null;
        throw error;
      }
    },
  };
}

function sourceFile(path: string): NamedFile {
  return { path, field: "data.source.path" };
}
