/** Where the built window is. */
import path from "node:path";

/** `renderer` beside the bundle that is running (`out/main`), or the last build where this file runs from source. */
export function rendererFolder(): string {
  const here = import.meta.dirname;
  return path.basename(here) === "main" ? path.join(here, "../renderer") : path.join(here, "../../../../out/renderer");
}
