/** Finds the files that are shipped with Descent: sample data sets, starter recipes. */
import { existsSync } from "node:fs";
import path from "node:path";
import { internal } from "../shared/kit/fault.ts";

/**
 * The `resources` folder: in a checkout above this file (or above the bundle built from it), in a packaged application in Electron's
 * resources folder.
 */
export function resourcesFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "resources");
    if (holdsData(candidate)) return candidate;
    if (folder === path.dirname(folder)) break;
  }
  // Only Electron has this property, and its types are not available to code that Node runs.
  const packaged = "resourcesPath" in process ? process.resourcesPath : undefined;
  if (typeof packaged === "string") {
    for (const candidate of [packaged, path.join(packaged, "resources")]) if (holdsData(candidate)) return candidate;
  }
  throw internal(`no resources folder above ${import.meta.dirname}`);
}

function holdsData(folder: string): boolean {
  return existsSync(path.join(folder, "datasets"));
}
