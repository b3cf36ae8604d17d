/** What tells whether a source is still the same: how it is read, and the state of the files it is read from. */
import { createHash } from "node:crypto";
import path from "node:path";
import { mapPaths, type SourceConfig } from "../../shared/recipe/sources.ts";
import { resolveSource } from "./archives/resolve.ts";
import { statFile } from "./files.ts";
import { readerOf } from "./readerOf.ts";
import { shippedDataset } from "./shipped.ts";

/**
 * SHA-256 in hexadecimal digits. The same fingerprint means the same samples: it differs when a file has another size or time.
 * @throws Fault for a file that is missing
 */
export async function fingerprintOf(source: SourceConfig): Promise<string> {
  const parts: string[] = [JSON.stringify(mapPaths(source, (file) => path.resolve(file)))];
  if (source.type === "shipped") {
    // Comes with this version and does not change under it.
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
