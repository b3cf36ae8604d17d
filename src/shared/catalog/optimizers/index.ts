/** Every optimizer a recipe can name. */
import { adam } from "./adam.ts";
import { momentum } from "./momentum.ts";
import { sgd } from "./sgd.ts";

export const optimizers = { sgd, momentum, adam };
