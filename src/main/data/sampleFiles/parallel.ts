/** Many files at once, but never more than the machine can take. */
import os from "node:os";

/** How many files are worked on at once. */
export function parallelism(): number {
  return Math.max(2, os.availableParallelism());
}

/** Calls `work` for every item, at most `limit` at a time; the first error ends it, after those under way have ended. */
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
