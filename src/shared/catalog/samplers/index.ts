/** Every sampler that a study can name. */
import { auto } from "./auto.ts";
import { cmaEs } from "./cmaEs.ts";
import { evolution } from "./evolution.ts";
import { gaussianProcess } from "./gaussianProcess.ts";
import { grid } from "./grid.ts";
import { nsga2 } from "./nsga2.ts";
import { random } from "./random.ts";
import { sobol } from "./sobol.ts";
import { tpe } from "./tpe.ts";

export const samplers = { auto, random, sobol, grid, tpe, gaussianProcess, cmaEs, evolution, nsga2 };
