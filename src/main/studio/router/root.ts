/** What all procedures share: what they are given, and how a fault reaches the caller. */
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

export interface RouterParts {
  readonly context: StudioContext;
  readonly scheduler: Scheduler;
  readonly runs: RunService;
  readonly datasets: DatasetService;
  readonly host: SystemInfo["host"];
  /** Aborted when the studio closes. */
  readonly closing: AbortSignal;
}

export type Root = ReturnType<typeof createRoot>;

/** Every procedure begins here: its faults are encoded, those of the storage too. */
export function createRoot(home: string) {
  return implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw encoded(error, path.join("."), home);
    }
  });
}

/** Ends when the caller leaves or the studio closes. */
export function either(caller: AbortSignal | undefined, closing: AbortSignal): AbortSignal {
  return caller === undefined ? closing : AbortSignal.any([caller, closing]);
}

/** What a caller gets to see of an error. */
function encoded(error: unknown, procedure: string, home: string): unknown {
  const fault = faultOf(storageFault(error, home)) ?? invalidInput(error, procedure);
  if (fault !== null) return encodeFault(fault);
  if (!(error instanceof ORPCError)) log.error({ procedure, err: error }, "a procedure failed");
  return error;
}

/** Input that does not fit the contract, which a person can cause by a script of theirs. */
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
