/** How busy a machine is with other things: a benchmark on a busy machine measures the other things. */
import os from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** Above this share of all processors figures are not worth keeping. */
export const QUIET_SHARE = 0.1;

/** The share of all processors' time that was used while this process waited, 0 to 1. */
export async function busyShare(seconds = 1): Promise<number> {
  const before = times();
  await wait(seconds * 1000);
  const after = times();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function times(): { readonly idle: number; readonly all: number } {
  const each = os.cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ idle, all: user + nice + sys + irq + idle }));
  return { idle: each.reduce((sum, { idle }) => sum + idle, 0), all: each.reduce((sum, { all }) => sum + all, 0) };
}
