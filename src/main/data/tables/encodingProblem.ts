/** What is told of a file in another encoding than UTF-8. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";

export function encodingProblem(line: number): DataProblem {
  return {
    kind: "note",
    severity: "info",
    title: "The file is not UTF-8 and was read as Latin-1 (Windows-1252)",
    remedy: 'Look whether names with accents are right; if not, save the file as "CSV UTF-8".',
    total: 1,
    items: [{ sample: null, place: `line ${line}`, detail: "the first bytes that are no UTF-8" }],
  };
}
