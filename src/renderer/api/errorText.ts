/** The text of an error in the language of the window. */
import { faultOf } from "../../shared/contract/faults.ts";
import { problemLine } from "../../shared/kit/fault.ts";

/** One line per problem of a fault; null for anything that is no error. */
export function errorText(error: unknown, language: string): string | null {
  const fault = faultOf(error);
  if (fault !== null) return fault.problems.map((problem) => problemLine(problem, language)).join("\n");
  return error instanceof Error ? error.message : null;
}
