/** Every pruner that a study can name. */
import { none } from "./none.ts";

export const pruners = { none };
