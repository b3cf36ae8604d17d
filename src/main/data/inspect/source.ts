/** The inspection of a source: from the cache, or made now and cached. */
import { stat } from "node:fs/promises";
import type { Inspection, InspectionEvent } from "../../../shared/contract/inspection.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { resolveSource } from "../archives/resolve.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { readerOf } from "../readerOf.ts";
import { shippedDataset } from "../shipped.ts";
import { openDataset } from "../sources.ts";
import { inspectDataset } from "./inspect.ts";
import { cachedInspection, keepInspection } from "./inspectionCache.ts";

/**
 * @param onEvent receives progress, a quick result, and finally the exact inspection, which is also returned
 * @throws Fault if the source cannot be read
 * @throws the signal's reason if it is aborted
 */
export async function inspectSource(
  source: SourceConfig,
  onEvent: (event: InspectionEvent) => void,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Inspection> {
  const fingerprint = await fingerprintOf(source);
  // Files that code reads are not part of its fingerprint, so the result is not cached.
  const isLasting = source.type !== "module";
  const known = isLasting ? await cachedInspection(fingerprint) : null;
  if (known !== null) {
    onEvent({ type: "inspection", inspection: known });
    return known;
  }
  onEvent({ type: "progress", done: 0, total: 1, doing: "opening" });
  await lookAtFirst(source, fingerprint, onEvent, options);
  const dataset = await openDataset(source, {
    onProgress: (done, total) => onEvent({ type: "progress", done, total, doing: "opening" }),
    signal: options.signal,
  });
  try {
    const inspection = await inspectDataset(dataset, {
      ...options,
      fingerprint,
      bytes: await bytesOf(source),
      onInspection: (partial) => onEvent({ type: "inspection", inspection: partial }),
      onProgress: (done, total, doing) => onEvent({ type: "progress", done, total, doing }),
    });
    if (isLasting) await keepInspection(inspection);
    onEvent({ type: "inspection", inspection });
    return inspection;
  } finally {
    await dataset.close();
  }
}

/** A quick result from the first samples, for sources that take long to open. */
async function lookAtFirst(
  source: SourceConfig,
  fingerprint: string,
  onEvent: (event: InspectionEvent) => void,
  options: { readonly signal?: AbortSignal },
): Promise<void> {
  if (source.type === "shipped") return;
  const resolved = await resolveSource(source);
  const sample = (await (await readerOf(resolved)).openSample?.(resolved)) ?? null;
  if (sample === null) return;
  const bytes = await bytesOf(source);
  const found = await inspectDataset(sample, { ...options, fingerprint, bytes, onInspection: () => {}, onProgress: () => {} });
  await sample.close();
  // Problems are only reported for all samples.
  onEvent({ type: "inspection", inspection: { ...found, exact: false, problems: [] } });
}

/** Size of the files that the source names; null for folders and for sources without files. */
async function bytesOf(source: SourceConfig): Promise<number | null> {
  const reader = await resolveSource(source.type === "shipped" ? shippedDataset(source.name).reader : source);
  const files = (await readerOf(reader)).files(reader);
  if (files.length === 0) return null;
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path).catch(() => null))?.size ?? null));
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}
