/** Public ids of runs: eight random characters. A unique prefix of three or more is enough to name a run. */
import { randomInt } from "node:crypto";
import { fail, nearestName, quote } from "../../shared/kit/fault.ts";
import type { Runs } from "../history/runs.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 8;
const SHORTEST_PREFIX = 3;

export function newRunId(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/**
 * The only run whose id is a text or begins with it.
 * @throws Fault if there is none or more than one
 */
export function findRun(runs: Runs, text: string, includeHidden = false): { readonly key: number; readonly id: string } {
  const prefix = text.toLowerCase();
  const matches = prefix.length >= SHORTEST_PREFIX ? runs.withPrefix(prefix, includeHidden) : [];
  const [match, other] = matches;
  if (match !== undefined && (other === undefined || match.id === prefix)) return match;
  if (match !== undefined) {
    const listed = matches.slice(0, 5).map(({ id }) => id);
    return fail("missing", "run", "must name one run", `${quote(text)}, with which ${matches.length} begin`, `Give more of it: ${listed.join(", ")}.`);
  }
  const ids = runs.ids();
  const near = nearestName(prefix, ids);
  const remedy =
    near !== undefined ? `Did you mean ${near}?` : ids.length === 0 ? "There are no runs in this home yet." : `The newest are ${ids.slice(0, 5).join(", ")}.`;
  return fail("missing", "run", `must be the id of a run, or at least its first ${SHORTEST_PREFIX} characters`, quote(text), remedy);
}
