/** From a recipe's `data.source` to its data set, or only to its facts. */
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { FileSource } from "../../shared/recipe/sources.ts";
import { pathsOf, type SourceConfig } from "../../shared/recipe/sources.ts";
import { inGivenPlaces, resolveSource } from "./archives/resolve.ts";
import type { Dataset } from "./dataset.ts";
import { statFile } from "./files.ts";
import { readerOf } from "./readerOf.ts";
import type { Progress } from "./readers/reader.ts";
import { shippedDataset } from "./shipped.ts";

/** How many descriptions are remembered: a recipe is checked at every keystroke, its files change rarely. */
const MAX_REMEMBERED = 64;

interface Remembered {
  /** What would differ if a file had changed. */
  readonly state: string;
  readonly facts: Promise<DatasetFacts>;
}

const remembered = new Map<string, Remembered>();

export interface OpenOptions {
  readonly onProgress?: Progress;
  /** Ends the opening where it is aborted: nothing half done stays. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * @throws Fault where the source cannot be used, with every problem found in its files up to a limit
 * @throws the signal's reason where it is aborted
 */
export async function openDataset(source: SourceConfig, { onProgress, signal }: OpenOptions = {}): Promise<Dataset> {
  signal?.throwIfAborted();
  let last: readonly [number, number] = [0, 1];
  const watch: Progress = (done, total) => {
    last = [Math.min(done, total), total];
    onProgress?.(...last);
    signal?.throwIfAborted();
  };
  const given = filesOf(source);
  const files = await resolveSource(given);
  const dataset = await (await readerOf(files)).open(files, watch).catch((error: unknown) => {
    throw inGivenPlaces(error, movedPaths(given, files));
  });
  try {
    const [done, total] = last;
    if (done < total) watch(total, total);
  } catch (error) {
    await dataset.close();
    throw error;
  }
  // Reading everything can find damage that headers do not show: the next description tells of it.
  if (source.type !== "shipped") remembered.delete(keyOf(source));
  return dataset;
}

/**
 * The facts of a source without holding its samples: for a shipped one known beforehand, for others from headers or one pass
 * over the text, remembered as long as the files do not change.
 * @throws Fault as {@link openDataset}, but for damage inside compressed samples
 */
export async function describeSource(source: SourceConfig): Promise<DatasetFacts> {
  if (source.type === "shipped") return shippedDataset(source.name).facts;
  const resolved = await resolveSource(source);
  const reader = await readerOf(resolved);
  const stats = await Promise.all(reader.files(resolved).map(statFile));
  const files = stats.map(({ dev, ino, size, mtimeMs, ctimeMs }) => `${dev}/${ino}/${size}/${mtimeMs}/${ctimeMs}`);
  const state = [...files, (await reader.state?.(resolved)) ?? ""].join(" ");
  const key = keyOf(source);
  const known = remembered.get(key);
  if (known?.state === state) return known.facts;
  const facts = reader.describe(resolved).catch((error: unknown) => {
    throw inGivenPlaces(error, movedPaths(source, resolved));
  });
  remember(key, { state, facts });
  // What was wrong is looked at again next time.
  facts.catch(() => {
    if (remembered.get(key)?.facts === facts) remembered.delete(key);
  });
  return facts;
}

/** Every path of a source, and where it was led. */
function movedPaths(given: SourceConfig, resolved: SourceConfig): readonly (readonly [string, string])[] {
  const led = pathsOf(resolved);
  return pathsOf(given).flatMap(({ path }, i) => {
    const to = led[i]?.path;
    return to === undefined ? [] : [[path, to] as const];
  });
}

function keyOf(source: SourceConfig): string {
  return JSON.stringify([process.cwd(), source]);
}

function filesOf(source: SourceConfig): FileSource {
  return source.type === "shipped" ? shippedDataset(source.name).reader : source;
}

function remember(key: string, entry: Remembered): void {
  remembered.delete(key);
  remembered.set(key, entry);
  const [oldest] = remembered.keys();
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}
