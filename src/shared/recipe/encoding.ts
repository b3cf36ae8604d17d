/** How a table's columns become numbers: what is missing is filled in, categories become numbers. Everything is learned on the training rows only. */
import { z } from "zod";
import { choice, flag, integer } from "../kit/schema.ts";

export const encodingSchema = z.strictObject({
  missing: choice(["mean", "median", "mostFrequent", "zero"], {
    default: "median",
    title: "Missing numbers",
    description:
      "What stands in for a missing number: the mean, the median or the most frequent value of the training rows, or zero. The median does not follow outliers.",
  }),
  indicator: flag({
    default: false,
    title: "Missing as a feature",
    description: "Adds a feature for every column with gaps: 1 where the value was missing. Turn on where it is no accident that a value is missing.",
  }),
  categories: choice(["oneHot", "ordinal"], {
    default: "oneHot",
    title: "Categories",
    description:
      "One feature a category (1 where it is the one), or one number. One-hot is right for names without an order; a categoryEmbedding layer after it learns a short vector for each. A missing category is one of its own.",
  }),
  maxCategories: integer({
    default: 64,
    min: 2,
    max: 10_000,
    scale: "log",
    title: "Most categories",
    description: "Of a column with more categories, the most frequent in the training rows are kept and the rest are one.",
  }),
});

export type EncodingConfig = z.output<typeof encodingSchema>;
