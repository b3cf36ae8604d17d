/** Problems of a delimited file as a whole: another encoding than UTF-8, columns without a name. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";

export function encodingProblem(line: number): DataProblem {
  return {
    kind: "note",
    severity: "info",
    title: "The file is not UTF-8 and was read as Latin-1 (Windows-1252)",
    remedy: 'Check whether names with accents are right; if not, save the file as "CSV UTF-8".',
    total: 1,
    items: [{ sample: null, place: `line ${line}`, detail: "the first bytes that are not UTF-8" }],
  };
}

/** Programs that number the rows (pandas, R) write that column without a name; a delimiter at the end of every line also adds a nameless column. */
export function namelessProblem(names: readonly string[]): readonly DataProblem[] {
  const columns = names.flatMap((name, column) => (name === "" ? [column + 1] : []));
  if (columns.length === 0) return [];
  return [
    {
      kind: "note",
      severity: "info",
      title: `${columns.length} of ${names.length} columns ${columns.length === 1 ? "has no name and is" : "have no name and are"} left out`,
      remedy: "Nothing, if it only counts the rows; otherwise name it in the header row.",
      total: columns.length,
      items: columns.map((column) => ({ sample: null, place: `column ${column}`, detail: "without a name" })),
    },
  ];
}
