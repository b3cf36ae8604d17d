/** The fields that every table has, whatever its file is. */
import { z } from "zod";
import { task } from "./format.ts";

const sampleShape = z.array(z.int().positive()).optional().meta({
  description: "The shape of one sample where the columns are an image or a signal, channels first: [1, 8, 8]. One row of features where absent.",
});

export const tableFields = {
  target: z.string().meta({ title: "Target", description: "The column to predict." }),
  task,
  sampleShape,
  ignore: z
    .array(z.string())
    .optional()
    .meta({ title: "Ignored columns", description: "Columns that are no features: identifiers, names, notes. Splits can still go by them." }),
  kinds: z
    .record(z.string(), z.enum(["numeric", "categorical"]))
    .optional()
    .meta({
      title: "Column kinds",
      description: "What a column holds, where the guess is wrong: numbers that are names of categories, or the other way round.",
    }),
};
