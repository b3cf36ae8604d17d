/** Prefetches the data of the first screen before it is rendered. */
import { parseRoute } from "../app/address.ts";
import { cache, runQuery, runsQuery, seriesQuery } from "./client.ts";

/** A failed request is repeated by the screen, which shows the error. */
export function readAhead(): void {
  const route = parseRoute(window.location.hash);
  if (route.screen === "workbench" && route.run !== null) {
    void cache.prefetchQuery(runQuery(route.run));
    void cache.prefetchQuery(seriesQuery(route.run, null));
  }
  void cache.prefetchQuery(runsQuery);
}
