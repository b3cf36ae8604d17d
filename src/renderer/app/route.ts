/** Which screen is shown, kept in the address's hash so that a reload and the back button find it again. */
import { useSyncExternalStore } from "react";

export type Route = { readonly screen: "runs" } | { readonly screen: "workbench"; readonly run: string | null };

function parseRoute(hash: string): Route {
  const [screen, run] = hash.replace(/^#\/?/, "").split("/");
  if (screen !== "workbench") return { screen: "runs" };
  return { screen, run: run ? decodeURIComponent(run) : null };
}

export function hrefOf(route: Route): string {
  if (route.screen === "runs") return "#/runs";
  return route.run === null ? "#/workbench" : `#/workbench/${encodeURIComponent(route.run)}`;
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
