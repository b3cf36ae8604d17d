/** A folder for what can be made again: unpacked archives, decoded images, inspections. The studio puts it into its home and tells its processes. */
import os from "node:os";
import path from "node:path";
import { makePrivateFolder } from "../storage/wholeFile.ts";

/** The environment's name for it; inherited by every process of a studio. */
export const CACHE_VARIABLE = "DESCENT_CACHE";

/** The cache's own folder, whether it is there or not. */
export function cacheRoot(): string {
  return process.env[CACHE_VARIABLE] ?? path.join(os.tmpdir(), `descent-cache-${os.userInfo().username}`);
}

/** A folder inside the cache, made where it is missing. */
export function cacheFolder(...names: readonly string[]): string {
  const folder = path.join(cacheRoot(), ...names);
  makePrivateFolder(folder);
  return folder;
}
