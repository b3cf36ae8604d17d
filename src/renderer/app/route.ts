/** Which screen is shown, kept in the address's hash so that a reload and the back button find it again. */
import { useSyncExternalStore } from "react";

export type Route =
  | { readonly screen: "runs" }
  | { readonly screen: "workbench"; readonly run: string | null }
  /** A shipped data set by name (`shipped:iris`), one's own by id (`own:…`), or the list. */
  | { readonly screen: "data"; readonly dataset: string | null }
  | { readonly screen: "augment" };

export function parseRoute(hash: string): Route {
  const [screen, rest] = hash.replace(/^#\/?/, "").split("/");
  const named = rest ? decodeURIComponent(rest) : null;
  if (screen === "workbench") return { screen, run: named };
  if (screen === "data") return { screen, dataset: named };
  return { screen: screen === "augment" ? screen : "runs" };
}

export function hrefOf(route: Route): string {
  const named = route.screen === "workbench" ? route.run : route.screen === "data" ? route.dataset : null;
  return named === null ? `#/${route.screen}` : `#/${route.screen}/${encodeURIComponent(named)}`;
}

export function go(route: Route): void {
  window.location.hash = hrefOf(route);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}
