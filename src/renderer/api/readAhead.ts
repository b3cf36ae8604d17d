/** What the first screen will ask for, asked for before there is a screen. */
import { parseRoute } from "../app/address.ts";
import { cache, runQuery, runsQuery, seriesQuery } from "./client.ts";

/** What fails here is asked for again by the screen, which says so. */
export function readAhead(): void {
  const route = parseRoute(window.location.hash);
  if (route.screen === "workbench" && route.run !== null) {
    void cache.prefetchQuery(runQuery(route.run));
    void cache.prefetchQuery(seriesQuery(route.run, null));
  }
  void cache.prefetchQuery(runsQuery);
}
