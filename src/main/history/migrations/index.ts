/** Migrations in order: the first one brings an empty file to version 1, and so on. A released migration is never changed. */
import { initial } from "./001-initial.ts";
import { datasets } from "./002-datasets.ts";
import { checkpoints } from "./003-checkpoints.ts";
import { best } from "./004-best.ts";
import { studies } from "./005-studies.ts";

export const migrations: readonly string[] = [initial, datasets, checkpoints, best, studies];
