/** Every loss that a recipe can name. */
import { binaryCrossEntropy } from "./binaryCrossEntropy.ts";
import { focal } from "./focal.ts";
import { hinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { meanAbsoluteError } from "./meanAbsoluteError.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy.ts";

export const losses = { softmaxCrossEntropy, binaryCrossEntropy, focal, hinge, meanSquaredError, meanAbsoluteError, huber };
