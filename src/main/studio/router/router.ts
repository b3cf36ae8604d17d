/** Implements the contract: one line per procedure, one file per area. */
import { augmentProcedures } from "./augment.ts";
import { codeProcedures } from "./code.ts";
import { datasetsProcedures } from "./datasets.ts";
import { recipesProcedures } from "./recipes.ts";
import { createRoot, type RouterParts } from "./root.ts";
import { runsProcedures } from "./runs.ts";
import { studiesProcedures } from "./studies.ts";
import { systemProcedures } from "./system.ts";

export type StudioRouter = ReturnType<typeof createRouter>;

export function createRouter(parts: RouterParts) {
  const root = createRoot(parts.context.layout.home);
  return root.router({
    system: systemProcedures(root, parts),
    recipes: recipesProcedures(root, parts),
    datasets: datasetsProcedures(root, parts),
    code: codeProcedures(root, parts),
    augment: augmentProcedures(root, parts),
    runs: runsProcedures(root, parts),
    studies: studiesProcedures(root, parts),
  });
}
