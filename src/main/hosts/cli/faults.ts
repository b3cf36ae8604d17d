/** Reports why a command failed, and chooses its exit status. */
import type { CommanderError } from "commander";
import { faultOf } from "../../../shared/contract/faults.ts";
import { describeProblem, type Problem, quote } from "../../../shared/kit/fault.ts";
import { ExitStatus, statusOf } from "./exitStatus.ts";
import { inEnglish } from "./inEnglish.ts";
import { type Output, OutputClosed } from "./output.ts";

/** Reports the error on standard error (with --json also as the last JSON line) and returns the exit status. */
export async function report(error: unknown, output: Output): Promise<number> {
  if (error instanceof OutputClosed) return ExitStatus.done;
  const fault = faultOf(error);
  if (fault !== null) {
    for (const problem of fault.problems) output.note(describeProblem(problem));
    await reportObject(fault.problems, output);
    return statusOf(fault.kind);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  for (const line of ["This is a bug in Descent, please report it.", ...text.split("\n")]) output.note(line);
  await reportObject(
    [
      {
        place: "descent",
        expected: "must not fail",
        received: error instanceof Error ? error.message : String(error),
        remedy: "This is a bug in Descent, please report it.",
      },
    ],
    output,
  );
  return ExitStatus.failed;
}

/** A wrong command line; commander has already explained it on standard error. */
export async function reportUsage(error: CommanderError, argv: readonly string[], output: Output): Promise<number> {
  if (error.exitCode === 0) return ExitStatus.done;
  const [expected = error.message] = error.message.replace(/^error: /, "").split("\n");
  await reportObject([{ place: "command line", expected, received: quote(argv.join(" ")), remedy: "`descent --help` lists the commands." }], output);
  return ExitStatus.usage;
}

async function reportObject(problems: readonly Problem[], output: Output): Promise<void> {
  if (!output.json) return;
  try {
    await output.object({ type: "error", problems: inEnglish(problems) });
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
}
