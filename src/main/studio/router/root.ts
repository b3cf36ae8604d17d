/** Common parts of all procedures: their context, and how faults reach the caller. */
import { implement, ORPCError, ValidationError } from "@orpc/server";
import { contract } from "../../../shared/contract/contract.ts";
import { encodeFault, faultOf } from "../../../shared/contract/faults.ts";
import type { SystemInfo } from "../../../shared/contract/system.ts";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { storageFault } from "../../history/faults.ts";
import type { StudioContext } from "../context.ts";
import type { DatasetService } from "../data/service.ts";
import { log } from "../log.ts";
import type { RunService } from "../runs.ts";
import type { Scheduler } from "../scheduler.ts";
import type { StudyService } from "../studies.ts";

export interface RouterParts {
  readonly context: StudioContext;
  readonly scheduler: Scheduler;
  readonly runs: RunService;
  readonly studies: StudyService;
  readonly datasets: DatasetService;
  readonly host: SystemInfo["host"];
  /** Aborted when the studio closes. */
  readonly closing: AbortSignal;
}

export type Root = ReturnType<typeof createRoot>;

/** The base of all procedures: encodes faults, including those of the storage. */
export function createRoot(home: string) {
  return implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw encoded(error, path.join("."), home);
    }
  });
}

/** Aborted when the caller leaves or the studio closes. */
export function either(caller: AbortSignal | undefined, closing: AbortSignal): AbortSignal {
  return caller === undefined ? closing : AbortSignal.any([caller, closing]);
}

/** The form in which a caller sees an error. */
function encoded(error: unknown, procedure: string, home: string): unknown {
  const fault = faultOf(storageFault(error, home)) ?? invalidInput(error, procedure);
  if (fault !== null) return encodeFault(fault);
  if (!(error instanceof ORPCError)) log.error({ procedure, err: error }, "a procedure failed");
  return error;
}

/** Input that does not match the contract, for example from a user's script. */
function invalidInput(error: unknown, procedure: string): Fault | null {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return null;
  const { issues, data } = error.cause;
  return new Fault(
    "usage",
    issues.map(({ path = [], message }) => ({
      place: [procedure, ...path.map((part) => String(typeof part === "object" ? part.key : part))].join("."),
      expected: message,
      received: quote(data),
      remedy: "Correct the value.",
    })),
  );
}
