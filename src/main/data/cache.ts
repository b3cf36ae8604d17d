/** The folder for data that can be made again: unpacked archives, decoded images, inspections. The studio sets it to a folder in its home and tells its processes. */
import os from "node:os";
import path from "node:path";
import { makePrivateFolder } from "../storage/wholeFile.ts";

/** Environment variable with the cache folder; inherited by every process of a studio. */
export const CACHE_VARIABLE = "DESCENT_CACHE";

/** The cache's folder, whether it exists or not. */
export function cacheRoot(): string {
  return process.env[CACHE_VARIABLE] ?? path.join(os.tmpdir(), `descent-cache-${os.userInfo().username}`);
}

/** A folder inside the cache, created if missing. */
export function cacheFolder(...names: readonly string[]): string {
  const folder = path.join(cacheRoot(), ...names);
  makePrivateFolder(folder);
  return folder;
}
