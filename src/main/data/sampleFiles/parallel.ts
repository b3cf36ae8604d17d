/** Processes many files in parallel, within the limits of the machine. */
import os from "node:os";

/** How many files are processed at the same time. */
export function parallelism(): number {
  return Math.max(2, os.availableParallelism());
}

/** Calls `work` for every item, at most `limit` at a time. After an error no further item is started, and the error is thrown when the running ones have ended. */
export async function forEachParallel<T>(items: readonly T[], limit: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        await work(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
}
