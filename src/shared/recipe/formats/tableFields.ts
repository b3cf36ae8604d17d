/** The fields that every table has, whatever its file is. */
import { z } from "zod";
import { columnKind, dateReading, decimalMark } from "../readings.ts";
import { path, task } from "./format.ts";

const sampleShape = z.array(z.int().positive()).optional().meta({
  description: "The shape of one sample where the columns are an image or a signal, channels first: [1, 8, 8]. One row of features where absent.",
});

/** The fields of tables that name files. */
export const tablePaths = ["path", "validationPath", "testPath"] as const;

export const tableFields = {
  target: z.string().meta({ title: "Target", description: "The column to predict." }),
  task,
  validationPath: path("Another file of the same columns, whose rows are the validation part.", "Validation file").optional(),
  testPath: path("Another file of the same columns, whose rows are the test part.", "Test file").optional(),
  sampleShape,
  ignore: z
    .array(z.string())
    .optional()
    .meta({ title: "Ignored columns", description: "Columns that are no features: identifiers, names, notes. Splits can still go by them." }),
  kinds: z.record(z.string(), columnKind).optional().meta({
    title: "Column kinds",
    description: "What a column holds, where the guess is wrong: numbers that are names of categories, or the other way round; times.",
  }),
  missing: z.record(z.string(), z.array(z.string())).optional().meta({
    title: "Missing values",
    description:
      'The texts that mean "missing" in a column, instead of the usual ones (NA, NaN, null, ? …): {"temperature": ["-999"]}; none but empty cells where the list is empty: {"continent": []}.',
  }),
  dates: z.record(z.string(), dateReading).optional().meta({
    title: "Dates",
    description:
      "How the dates of a column are read: which of day, month and year comes first in 01/02/2022, or what a number counts since 1970. The column then holds times.",
  }),
  decimals: z.record(z.string(), decimalMark).optional().meta({
    title: "Decimal marks",
    description: "Whether a point or a comma parts the decimals of a column, where its numbers do not say it: 1,234 is 1234 or 1.234.",
  }),
  mergeNames: z.array(z.string()).optional().meta({
    title: "Merged names",
    description:
      'Columns whose names are put together where they differ only in case, spaces, a full stop or the way Unicode composes their letters: "setosa", "Setosa " and "setosa." are one then.',
  }),
};
