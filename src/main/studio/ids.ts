/** Public ids of runs and studies: eight random characters. A unique prefix of three or more is enough to name one. */
import { randomInt } from "node:crypto";
import { fail, nearestName, quote } from "../../shared/kit/fault.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 8;
const SHORTEST_PREFIX = 3;

export function newRunId(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/** An id that is not taken. */
export function freshId(taken: (id: string) => boolean): string {
  let id = newRunId();
  while (taken(id)) id = newRunId();
  return id;
}

/** Table `run` or `study`. */
interface Named {
  withPrefix(prefix: string, includeHidden?: boolean): readonly { readonly key: number; readonly id: string }[];
  ids(): readonly string[];
}

/**
 * The only run whose id is a text or begins with it.
 * @throws Fault if there is none or more than one
 */
export function findRun(runs: Named, text: string, includeHidden = false): { readonly key: number; readonly id: string } {
  return find(runs, "run", text, includeHidden);
}

/** The same for a study. */
export function findStudy(studies: Named, text: string, includeHidden = false): { readonly key: number; readonly id: string } {
  return find(studies, "study", text, includeHidden);
}

function find(table: Named, noun: "run" | "study", text: string, includeHidden: boolean): { readonly key: number; readonly id: string } {
  const prefix = text.toLowerCase();
  const matches = prefix.length >= SHORTEST_PREFIX ? table.withPrefix(prefix, includeHidden) : [];
  const [match, other] = matches;
  if (match !== undefined && (other === undefined || match.id === prefix)) return match;
  if (match !== undefined) {
    const listed = matches.slice(0, 5).map(({ id }) => id);
    return fail("missing", noun, `must name one ${noun}`, `${quote(text)}, with which ${matches.length} begin`, `Give more of it: ${listed.join(", ")}.`);
  }
  const ids = table.ids();
  const near = nearestName(prefix, ids);
  const remedy =
    near !== undefined
      ? `Did you mean ${near}?`
      : ids.length === 0
        ? `There are no ${noun === "run" ? "runs" : "studies"} in this home yet.`
        : `The newest are ${ids.slice(0, 5).join(", ")}.`;
  return fail("missing", noun, `must be the id of a ${noun}, or at least its first ${SHORTEST_PREFIX} characters`, quote(text), remedy);
}
