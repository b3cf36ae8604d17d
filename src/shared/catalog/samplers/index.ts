/** Every sampler that a study can name. */
import { grid } from "./grid.ts";
import { random } from "./random.ts";
import { sobol } from "./sobol.ts";
import { tpe } from "./tpe.ts";

export const samplers = { random, sobol, grid, tpe };
