/** What is said of code that nobody has allowed to run. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import type { CodeFile } from "./protocol.ts";

/**
 * @param module the data set's module as the person named it
 * @param file the one that would have been loaded: the module, or something that it imports
 */
export function notAllowed(module: string, file: CodeFile): Fault {
  const what = path.basename(file.path) === path.basename(module) ? "code that nobody has allowed" : `an import of ${file.path}, which nobody has allowed`;
  return new Fault("input", [
    {
      place: module,
      expected: "must be allowed before its code runs",
      received: `${what}: ${file.size} bytes, SHA-256 ${file.sha256.slice(0, 16)}…`,
      remedy: "Read it first. Then allow this very file: in the window, or on the command line with --allow-code.",
      allow: path.resolve(module),
    },
  ]);
}
