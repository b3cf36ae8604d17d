/** Every sampler that a study can name. */
import { random } from "./random.ts";

export const samplers = { random };
