/** Repeated requests for one piece of work, thinned out. */

/**
 * Calls `work` at once and then at most once an interval, never two at a time; a request that came meanwhile is served after.
 * Failures are the work's own affair: the next request tries again.
 */
export function throttled(work: () => Promise<void>, intervalMs: number): () => void {
  let busy = false;
  let again = false;
  const serve = async (): Promise<void> => {
    busy = true;
    do {
      again = false;
      const startedMs = performance.now();
      await work().catch(() => undefined);
      const restMs = intervalMs - (performance.now() - startedMs);
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    } while (again);
    busy = false;
  };
  return () => {
    if (busy) again = true;
    else void serve();
  };
}
