/** Why the process of a data set written as code ended, from how it ended and the last it printed. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "../../../shared/kit/fault.ts";

export interface Exit {
  readonly file: string;
  /** What it was at: `get(17)`. */
  readonly step: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it printed. */
  readonly tail: string;
  readonly heapMegabytes: number;
}

export function exitProblem({ file, step, code, signal, tail, heapMegabytes }: Exit): Problem {
  if (/heap out of memory|Reached heap limit|allocation failed/i.test(tail))
    return {
      place: file,
      expected: `must get by with ${heapMegabytes} MiB of memory for its objects`,
      received: `${step} ran out of memory`,
      remedy: "Keep numbers in typed arrays, and read in get(index) what is needed for one sample.",
    };
  // Node prints where an error came from that nobody caught: file and line, the line itself, then the error.
  const thrown = /^((?:file:\/\/|\/|[A-Za-z]:\\)[^\n]*):(\d+)\n[\s\S]*?^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)\b[^\n]*)/m.exec(tail);
  if (code !== 0 && thrown !== null) {
    const found = (thrown[1] ?? "").startsWith("file:") ? fileURLToPath(thrown[1] ?? "") : (thrown[1] ?? "");
    const place = `${found === path.resolve(file) ? file : found}:${thrown[2]}`;
    const isSyntax = thrown[3]?.startsWith("SyntaxError") === true;
    return isSyntax
      ? { place, expected: "must be a module that can be loaded", received: thrown[3] ?? "", remedy: "Correct the line." }
      : {
          place,
          expected: "must not throw outside get(index)",
          received: `${thrown[3] ?? ""} during ${step}`,
          remedy: "Catch it where it is thrown: in a timer, an event or a promise that nobody waits for.",
        };
  }
  return {
    place: file,
    expected: "must not end its process",
    received: `${step} ended it with ${signal === null ? `status ${code ?? "unknown"}` : `signal ${signal}`}`,
    remedy: signal === null ? "Do not call process.exit in a data set; throw an error instead." : "Look into the log for what it said last.",
  };
}

/** Why a process never came so far as to load foreign code. */
export function startProblem(file: string, said: string): Problem {
  const [reason = said.trim()] = /^(?:Uncaught )?\w*Error\b[^\n]*/m.exec(said) ?? [];
  return {
    place: file,
    expected: "must run in a process of its own that may not write files or start programs",
    received: reason === "" ? "a process that ended at once" : reason,
    remedy: "Nothing of it was run. Check the memory, start Descent in the Node that comes with it, and try again.",
  };
}
