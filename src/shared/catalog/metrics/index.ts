/** Every metric a recipe can name. */
import { accuracy } from "./accuracy.ts";
import { meanAbsoluteError } from "./meanAbsoluteError.ts";

export const metrics = { accuracy, meanAbsoluteError };
