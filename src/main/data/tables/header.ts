/** The header row of delimited text. */
import { Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const QUOTE = '"';

/** A file with more columns is malicious, or a list of values in one line. */
export const MAX_COLUMNS = 200_000;

/** The most frequent delimiter outside quotes in the first non-empty line; a comma if there is none. */
export function guessDelimiter(head: string): string {
  const counts = new Map<string, number>(DELIMITERS.map((each) => [each, 0]));
  let quoted = false;
  for (const character of head.trimStart()) {
    if (character === QUOTE) quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) break;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/**
 * @param names a column without a name is left out by its reader, but at least one needs a name
 * @throws Fault if a name occurs twice, or there is none
 */
export function checkHeader(names: readonly string[], place: string): void {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (name === "") continue;
    const earlier = seen.get(name);
    seen.set(name, earlier ?? index);
    if (earlier !== undefined)
      problems.push({
        place,
        expected: "column names must differ",
        received: `${quote(name)} for columns ${earlier + 1} and ${index + 1}`,
        remedy: "Rename or remove one of them.",
      });
  }
  if (seen.size === 0)
    problems.push({
      place,
      expected: "must have a header row of column names",
      received: `${names.length} columns without a name`,
      remedy: "Name the columns.",
    });
  if (problems.length > 0) throw new Fault("input", problems.slice(0, 10));
}

export function tooManyColumns(place: string): Fault {
  return new Fault("input", [
    {
      place,
      expected: `must have at most ${countText(MAX_COLUMNS, "en")} columns`,
      received: "more in the first line",
      remedy: "Write one row per line, or split the columns over several files.",
    },
  ]);
}
