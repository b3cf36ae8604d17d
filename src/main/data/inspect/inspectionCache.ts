/** Inspections that were made before, as JSON files in the cache's folder `inspections`, by fingerprint. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { cacheFolder } from "../cache.ts";

/** Raised whenever figures change their meaning: older files are then not read. */
const VERSION = 2;

interface Stored {
  readonly version: number;
  readonly inspection: Inspection;
}

/** Null where there is none, or only a damaged one. */
export async function cachedInspection(fingerprint: string): Promise<Inspection | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(fileOf(fingerprint), "utf8"));
    return isStored(stored) && stored.inspection.fingerprint === fingerprint ? stored.inspection : null;
  } catch {
    return null;
  }
}

/** Keeps an exact inspection. A disk that is full or may not be written only means that it must be made again. */
export async function keepInspection(inspection: Inspection): Promise<void> {
  if (!inspection.exact) return;
  const stored: Stored = { version: VERSION, inspection };
  const file = fileOf(inspection.fingerprint);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, JSON.stringify(stored));
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

function fileOf(fingerprint: string): string {
  return path.join(cacheFolder("inspections"), `${fingerprint}.json`);
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== "object" || value === null || !("version" in value) || value.version !== VERSION) return false;
  const { inspection } = value as { readonly inspection?: unknown };
  return typeof inspection === "object" && inspection !== null && "exact" in inspection && inspection.exact === true && "problems" in inspection;
}
