/** A folder for what can be made again: unpacked archives, decoded pictures, inspections. The studio puts it into its home and tells its processes. */
import { mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The environment's name for it; inherited by every process of a studio. */
export const CACHE_VARIABLE = "DESCENT_CACHE";

/** A folder inside the cache, made where it is missing. */
export function cacheFolder(...names: readonly string[]): string {
  const folder = path.join(process.env[CACHE_VARIABLE] ?? path.join(os.tmpdir(), "descent-cache"), ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
