/** Every pruner that a study can name. */
import { asha } from "./asha.ts";
import { hyperband } from "./hyperband.ts";
import { median } from "./median.ts";
import { none } from "./none.ts";
import { patience } from "./patience.ts";
import { percentile } from "./percentile.ts";
import { successiveHalving } from "./successiveHalving.ts";
import { wilcoxon } from "./wilcoxon.ts";

export const pruners = { none, median, percentile, successiveHalving, asha, hyperband, patience, wilcoxon };
