/** Throttling of repeated requests for the same work. */

/**
 * Calls `work` immediately, then at most once per interval, never twice at a time. Requests that arrive meanwhile are served later.
 * Errors are ignored here: the next request tries again.
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
