/** The current screen, kept in the address's hash so that a reload and the back button find it again. */
import { useSyncExternalStore } from "react";
import { hrefOf, parseRoute, type Route } from "./address.ts";

export { hrefOf, type Route };

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
