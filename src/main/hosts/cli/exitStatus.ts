/** Exit statuses of the command line. */
import { assertNever, type FaultKind } from "../../../shared/kit/fault.ts";

export const ExitStatus = {
  done: 0,
  failed: 1,
  /** Wrong usage, an invalid recipe, or something that does not exist. */
  usage: 2,
  /** Ended by a signal, with a checkpoint written. */
  interrupted: 130,
} as const;

export function statusOf(kind: FaultKind): number {
  switch (kind) {
    case "usage":
    case "input":
    case "missing":
      return ExitStatus.usage;
    case "conflict":
    case "environment":
    case "diverged":
      return ExitStatus.failed;
    default:
      return assertNever(kind);
  }
}
