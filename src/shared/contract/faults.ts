/** Sends faults across the contract: a fault thrown in the host arrives as the same fault in the window or the command line. */
import { ORPCError } from "@orpc/client";
import { Fault, type FaultKind, type Problem } from "../kit/fault.ts";

interface FaultData {
  readonly kind: FaultKind;
  readonly problems: readonly Problem[];
}

/** The error that a host throws for a fault. */
export function encodeFault(fault: Fault): ORPCError<string, FaultData> {
  return new ORPCError("BAD_REQUEST", { message: fault.message, data: { kind: fault.kind, problems: fault.problems } });
}

/** The fault inside an error from either side of the contract; null for any other error. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  if (!(error instanceof ORPCError)) return null;
  const data: unknown = error.data;
  return isFaultData(data) ? new Fault(data.kind, data.problems, { cause: error }) : null;
}

function isFaultData(data: unknown): data is FaultData {
  return typeof data === "object" && data !== null && "kind" in data && "problems" in data && Array.isArray(data.problems);
}
