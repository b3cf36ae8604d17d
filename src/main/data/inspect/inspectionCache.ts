/** Earlier inspections: sealed JSON files in the cache folder `inspections`, by fingerprint. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { say } from "../../../shared/kit/say.ts";
import { isUnsealedJson, openSealedJson, sealedJson } from "../../storage/seal.ts";
import { writeWhole } from "../../storage/wholeFile.ts";
import { cacheFolder } from "../cache.ts";
import { touchEntry } from "../cacheEntries.ts";
import { notice } from "../notice.ts";

/** Increased when the meaning of a statistic changes, so that older files are not used. */
const VERSION = 7;
const FOLDER = "inspections";

interface Stored {
  readonly version: number;
  readonly inspection: Inspection;
}

/** Null if there is none or it is damaged; damage is reported. */
export async function cachedInspection(fingerprint: string): Promise<Inspection | null> {
  const file = fileOf(fingerprint);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const opened = openSealedJson(bytes);
  if ("damage" in opened) {
    if (isUnsealedJson(bytes)) return null;
    notice(`The inspection ${file} was damaged (${opened.damage}) and is made again.`);
    return null;
  }
  const stored = opened.value;
  if (!isStored(stored) || stored.inspection.fingerprint !== fingerprint) return null;
  touchEntry(file);
  return stored.inspection;
}

/** Stores an exact inspection. Errors are ignored, because it can be made again. */
export async function keepInspection(inspection: Inspection): Promise<void> {
  if (!inspection.exact) return;
  const stored: Stored = { version: VERSION, inspection };
  const file = fileOf(inspection.fingerprint);
  await writeWhole(file, [sealedJson(stored)], { what: "the inspection", remedy: say`Free some space.`, contended: true }).catch(() => {});
  touchEntry(file);
}

function fileOf(fingerprint: string): string {
  return path.join(cacheFolder(FOLDER), `${fingerprint}.json`);
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== "object" || value === null || !("version" in value) || value.version !== VERSION) return false;
  const { inspection } = value as { readonly inspection?: unknown };
  return typeof inspection === "object" && inspection !== null && "exact" in inspection && inspection.exact === true && "problems" in inspection;
}
