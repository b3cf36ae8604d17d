/** The screens and their names in the address's hash. */

export type Route =
  | { readonly screen: "runs" }
  | { readonly screen: "workbench"; readonly run: string | null }
  /** A shipped data set by name (`shipped:iris`), the user's own by id (`own:…`), or the list; with a run, its hardest samples. */
  | { readonly screen: "data"; readonly dataset: string | null; readonly run?: string }
  /** With a run: the samples as its network saw them. */
  | { readonly screen: "augment"; readonly run?: string }
  /** A study by its id, `new` for the one that is being made, or the list. */
  | { readonly screen: "tune"; readonly study: string | null };

export function parseRoute(hash: string): Route {
  const [screen, ...rest] = hash.replace(/^#\/?/, "").split("/");
  const [named = null, more = null] = rest.map((part) => (part === "" ? null : decodeURIComponent(part)));
  if (screen === "workbench") return { screen, run: named };
  if (screen === "data") return { screen, dataset: named, ...(more === null ? {} : { run: more }) };
  if (screen === "augment") return { screen, ...(named === null ? {} : { run: named }) };
  if (screen === "tune") return { screen, study: named };
  return { screen: "runs" };
}

export function hrefOf(route: Route): string {
  return ["#", route.screen, ...partsOf(route).map(encodeURIComponent)].join("/");
}

function partsOf(route: Route): readonly string[] {
  if (route.screen === "runs") return [];
  if (route.screen === "tune") return route.study === null ? [] : [route.study];
  const { run } = route;
  if (route.screen !== "data") return run ? [run] : [];
  return route.dataset === null ? [] : [route.dataset, ...(run ? [run] : [])];
}
