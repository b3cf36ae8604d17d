/** Detects whether a source has changed: a hash of its settings and the state of its files. */
import { createHash } from "node:crypto";
import path from "node:path";
import { mapPaths, type SourceConfig } from "../../shared/recipe/sources.ts";
import { resolveSource } from "./archives/resolve.ts";
import { statFile } from "./files.ts";
import { readerOf } from "./readerOf.ts";
import { shippedDataset } from "./shipped.ts";

/**
 * SHA-256 in hexadecimal. It changes when a file's size or modification time changes; the same fingerprint means the same samples.
 * @throws Fault for a missing file
 */
export async function fingerprintOf(source: SourceConfig): Promise<string> {
  const parts: string[] = [JSON.stringify(mapPaths(source, (file) => path.resolve(file)))];
  if (source.type === "shipped") {
    // Shipped with this version, so it does not change.
    const { reader: _, ...manifest } = shippedDataset(source.name);
    parts.push(JSON.stringify(manifest));
  } else {
    const resolved = await resolveSource(source);
    const reader = await readerOf(resolved);
    for (const { dev, ino, size, mtimeMs, ctimeMs } of await Promise.all(reader.files(resolved).map(statFile)))
      parts.push([dev, ino, size, mtimeMs, ctimeMs].join("/"));
    if (reader.state !== undefined) parts.push(await reader.state(resolved));
  }
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
