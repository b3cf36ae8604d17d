/** Explains why the process of a data set written as code ended, from its exit status and its last output. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "../../../shared/kit/fault.ts";

export interface Exit {
  readonly file: string;
  /** The step that was running: `get(17)`. */
  readonly step: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines of its output. */
  readonly tail: string;
  readonly heapMegabytes: number;
}

export function exitProblem({ file, step, code, signal, tail, heapMegabytes }: Exit): Problem {
  if (/heap out of memory|Reached heap limit|allocation failed/i.test(tail))
    return {
      place: file,
      expected: `must fit into ${heapMegabytes} MiB of memory`,
      received: `${step} ran out of memory`,
      remedy: "Keep numbers in typed arrays, and let get(index) read only what one sample needs.",
    };
  // For an uncaught error Node prints file and line, the source line, then the error.
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
          remedy: "Catch it where it is thrown: in a timer, an event handler or a promise that is not awaited.",
        };
  }
  return {
    place: file,
    expected: "must not end its process",
    received: `${step} ended it with ${signal === null ? `status ${code ?? "unknown"}` : `signal ${signal}`}`,
    remedy: signal === null ? "Do not call process.exit in a data set; throw an error instead." : "See its last output in the log.",
  };
}

/** Explains why a process ended before it loaded foreign code. */
export function startProblem(file: string, said: string): Problem {
  const [reason = said.trim()] = /^(?:Uncaught )?\w*Error\b[^\n]*/m.exec(said) ?? [];
  return {
    place: file,
    expected: "must run in a process of its own that may not write files or start programs",
    received: reason === "" ? "a process that ended at once" : reason,
    remedy: "No foreign code was run. Check the free memory, start Descent with its own Node, and try again.",
  };
}
