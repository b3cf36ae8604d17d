/** The folder of the built window. */
import path from "node:path";

/** `renderer` next to the running bundle (`out/main`), or the last build if this file runs from source. */
export function rendererFolder(): string {
  const here = import.meta.dirname;
  return path.basename(here) === "main" ? path.join(here, "../renderer") : path.join(here, "../../../../out/renderer");
}
