/** The message for code that the user has not allowed to run. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import type { CodeFile } from "./protocol.ts";

/**
 * @param module the data set's module as the user named it
 * @param file the file that would have been loaded: the module, or one of its imports
 */
export function notAllowed(module: string, file: CodeFile): Fault {
  const isModule = path.basename(file.path) === path.basename(module);
  const said = `${file.size} bytes, SHA-256 ${file.sha256.slice(0, 16)}…`;
  const problem = isModule
    ? {
        received: `code that was not allowed: ${said}`,
        remedy: "Read it first. Then allow this very file: in the window, or on the command line with --allow-code.",
      }
    : {
        received: `an import that was not allowed: ${file.path}, ${said}`,
        remedy: "Read it, and allow the module again. An import must state its file name literally.",
      };
  return new Fault("input", [{ place: module, expected: "must be allowed before its code runs", ...problem, allow: path.resolve(module) }]);
}
