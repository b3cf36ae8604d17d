/** Every synthetic data set, the flattest first. */
import { moons } from "./moons.ts";

export const generators = { moons };
