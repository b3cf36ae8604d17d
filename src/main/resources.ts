/** Where the files that come with Descent are: sample data sets, starter recipes. */
import { existsSync } from "node:fs";
import path from "node:path";
import { internal } from "../shared/kit/fault.ts";

/**
 * The `resources` folder: in a checkout above this file (or above the bundle built from it), in a packaged
 * application where Electron says.
 */
export function resourcesFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "resources");
    if (holdsData(candidate)) return candidate;
    if (folder === path.dirname(folder)) break;
  }
  // Electron alone has this property, and its types are not on the path of code that Node runs.
  const packaged = "resourcesPath" in process ? process.resourcesPath : undefined;
  if (typeof packaged === "string") {
    for (const candidate of [packaged, path.join(packaged, "resources")]) if (holdsData(candidate)) return candidate;
  }
  throw internal(`no resources folder above ${import.meta.dirname}`);
}

function holdsData(folder: string): boolean {
  return existsSync(path.join(folder, "datasets"));
}
