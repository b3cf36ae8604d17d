/** Every loss a recipe can name. */
import { meanSquaredError } from "./meanSquaredError.ts";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy.ts";

export const losses = { softmaxCrossEntropy, meanSquaredError };
