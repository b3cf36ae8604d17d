/** Problems about lines that are not part of a table and were left out. */
import type { DataProblem } from "../../../../shared/contract/inspection.ts";
import { isRule } from "./comments.ts";
import type { FileDialect } from "./fileDialect.ts";

const MOST_ITEMS = 20;

export function dialectProblems({ dialect, end }: FileDialect): readonly DataProblem[] {
  const front = dialect.front.filter(({ text }) => text.trim() !== "" && !isRule(text));
  const found: DataProblem[] = [];
  if (front.length > 0)
    found.push(
      note(
        `${lines(front.length)} before the table ${front.length === 1 ? "is" : "are"} left out`,
        "Nothing, if the table begins there; otherwise set data.source.skip to the number of lines before it.",
        front.map(({ line, text }) => ({ place: `line ${line}`, detail: text.trim() })),
      ),
    );
  if (end.lines.length > 0 && !end.hasTotal)
    found.push(
      note(
        `${lines(end.lines.length)} below the table ${end.lines.length === 1 ? "is" : "are"} left out`,
        "Nothing, if these are notes; set data.source.skipEnd to 0 if they are rows.",
        end.lines.map((text) => ({ place: "below the table", detail: text.trim() })),
      ),
    );
  return found;
}

function note(title: string, remedy: string, items: readonly { readonly place: string; readonly detail: string }[]): DataProblem {
  const shown = items.slice(0, MOST_ITEMS).map(({ place, detail }) => ({ sample: null, place, detail: detail.slice(0, 200) }));
  return { kind: "note", severity: "info", title, remedy, total: items.length, items: shown };
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
