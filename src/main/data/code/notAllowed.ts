/** What is said of code that nobody has allowed to run. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import type { CodeFile } from "./protocol.ts";

/**
 * @param module the data set's module as the person named it
 * @param file the one that would have been loaded: the module, or something that it imports
 */
export function notAllowed(module: string, file: CodeFile): Fault {
  const isModule = path.basename(file.path) === path.basename(module);
  const said = `${file.size} bytes, SHA-256 ${file.sha256.slice(0, 16)}…`;
  const problem = isModule
    ? {
        received: `code that nobody has allowed: ${said}`,
        remedy: "Read it first. Then allow this very file: in the window, or on the command line with --allow-code.",
      }
    : {
        received: `an import that nobody has allowed: ${file.path}, ${said}`,
        remedy: "Read it, and allow the module again. What is imported by a name that is only made as it runs must be written out in its import.",
      };
  return new Fault("input", [{ place: module, expected: "must be allowed before its code runs", ...problem, allow: path.resolve(module) }]);
}
