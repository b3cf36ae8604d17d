/**
 * The typed contract between a window (or the command line) and its host. Every host serves the same router.
 * `procedures/` has one file per area; the payload types of each area are beside this file.
 */
import { augment } from "./procedures/augment.ts";
import { code } from "./procedures/code.ts";
import { datasets } from "./procedures/datasets.ts";
import { recipes } from "./procedures/recipes.ts";
import { runs } from "./procedures/runs.ts";
import { studies } from "./procedures/studies.ts";
import { system } from "./procedures/system.ts";

export const contract = { system, recipes, datasets, code, augment, runs, studies };
