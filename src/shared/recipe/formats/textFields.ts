/** How a table is written as text. Every field is judged from the first lines where it is absent. */
import { z } from "zod";

export const textFields = {
  header: z.boolean().optional().meta({
    title: "First line is a header",
    description:
      'Whether the first line holds the names of the columns. Without a header they are called "column 1", "column 2" and so on. Judged from the cells where absent.',
  }),
  delimiter: z.enum(["comma", "semicolon", "tab", "bar", "whitespace", "wideWhitespace", "doubleColon"]).optional().meta({
    title: "Delimiter",
    description:
      "What stands between the columns; whitespace is any run of blanks, wideWhitespace a tab or at least two blanks, doubleColon two colons. Judged where absent.",
  }),
  quote: z.enum(["double", "single", "none"]).optional().meta({
    title: "Quotes",
    description: "What stands around cells that hold a delimiter; none where quotes are ordinary characters. Judged where absent.",
  }),
  comment: z.string().min(1).max(8).optional().meta({
    title: "Comments begin with",
    description: "Lines that begin with this are left out. Judged from the first lines where absent.",
  }),
  skip: z
    .int()
    .nonnegative()
    .optional()
    .meta({ title: "Lines in front", description: "How many lines stand in front of the header or the first row and are left out. Judged where absent." }),
  skipEnd: z
    .int()
    .nonnegative()
    .max(1000)
    .optional()
    .meta({ title: "Lines below", description: "How many lines stand below the last row, such as notes and sums, and are left out. Judged where absent." }),
  units: z
    .boolean()
    .optional()
    .meta({ title: "Line of units", description: "Whether the line below the header holds units and is left out. Judged where absent." }),
};
