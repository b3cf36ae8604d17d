/**
 * A recipe that an earlier version stored names every field that there was, so a field it does not name did not exist. Most new fields have a default
 * that means what was done before. Those whose default is something else are filled in here, so that a stored run resumes, evaluates and reproduces
 * with the same numbers as before.
 */
import { isRecord } from "../kit/record.ts";

/** @param stored parsed JSON of the history, not validated */
export function fromEarlierVersion(stored: unknown): unknown {
  if (!isRecord(stored) || !isRecord(stored.data)) return stored;
  return { ...stored, data: { standardizeTargets: false, ...stored.data } };
}
