/** Opens the data set of a recipe's `data.source`, or only determines its facts. */
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { FileSource } from "../../shared/recipe/sources.ts";
import { pathsOf, type SourceConfig } from "../../shared/recipe/sources.ts";
import { inGivenPlaces, resolveSource } from "./archives/resolve.ts";
import type { Dataset } from "./dataset.ts";
import { statFile } from "./files.ts";
import { readerOf } from "./readerOf.ts";
import type { Progress } from "./readers/reader.ts";
import { shippedDataset } from "./shipped.ts";

/** Number of cached descriptions: a recipe is checked at every keystroke, but its files rarely change. */
const MAX_REMEMBERED = 64;

interface Remembered {
  /** Changes when a file changes. */
  readonly state: string;
  readonly facts: Promise<DatasetFacts>;
}

const remembered = new Map<string, Remembered>();

export interface OpenOptions {
  readonly onProgress?: Progress;
  /** Cancels the opening; nothing unfinished remains. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * @throws Fault if the source cannot be used, listing the problems in its files up to a limit
 * @throws the signal's reason if it is aborted
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
  // Reading everything can reveal damage that headers do not show, so the next description must report it.
  if (source.type !== "shipped") remembered.delete(keyOf(source));
  return dataset;
}

/**
 * The facts of a source, without holding its samples: known in advance for a shipped one, otherwise from headers or one pass over the text. Cached as
 * long as the files do not change.
 * @throws Fault like {@link openDataset}, except for damage inside compressed samples
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
  // Failures are not cached.
  facts.catch(() => {
    if (remembered.get(key)?.facts === facts) remembered.delete(key);
  });
  return facts;
}

/** Every path of a source, as given and as resolved. */
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
