/** Every learning-rate schedule that a recipe can name. */
import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { exponential } from "./exponential.ts";
import { multiStep } from "./multiStep.ts";
import { oneCycle } from "./oneCycle.ts";
import { polynomial } from "./polynomial.ts";
import { reduceOnPlateau } from "./reduceOnPlateau.ts";
import { step } from "./step.ts";

export const schedules = { constant, step, multiStep, exponential, polynomial, cosine, oneCycle, reduceOnPlateau };
