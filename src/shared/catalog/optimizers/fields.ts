/** Fields that several optimizers share. */
import { real } from "../../kit/schema.ts";

export function learningRate(standard: number) {
  return real({
    default: standard,
    above: 0,
    max: 1000,
    scale: "log",
    search: [1e-5, 1],
    title: "Learning rate",
    description: "Length of a step against the gradient. The most important number: too small crawls, too large diverges. Move it by factors of 3.",
  });
}
