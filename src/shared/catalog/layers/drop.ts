/** The field of layers that drop something at random. */
import { real } from "../../kit/schema.ts";

export function dropRate(description: string, standard = 0.5) {
  return real({ default: standard, min: 0, below: 1, step: 0.05, search: [0.05, 0.6], title: "Rate", description });
}
