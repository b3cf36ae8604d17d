/** How a column of text cells was read, kept with what was learned from it: other files with the same columns are read the same way. */
import { z } from "zod";

export const DATE_READINGS = ["dayFirst", "monthFirst", "yearFirst", "unixSeconds", "unixMilliseconds", "unixMicroseconds", "unixNanoseconds"] as const;

export const dateReading = z.enum(DATE_READINGS);
export const decimalMark = z.enum(["point", "comma"]);
export const columnKind = z.enum(["numeric", "categorical", "time"]);

/** The order of day, month and year in dates of numbers, or what a number counts since 1970. */
export type DateReading = z.output<typeof dateReading>;
export type DecimalName = z.output<typeof decimalMark>;
export type ColumnKind = z.output<typeof columnKind>;

export interface ColumnReading {
  /** What parts the decimals where a number alone does not say it: "1,234". */
  readonly decimal?: DecimalName;
  /** The unit or currency that stands at its numbers. */
  readonly unit?: string;
  readonly dates?: DateReading;
  /** Texts that mean missing, where they were judged or set. */
  readonly missing?: readonly string[];
}

/** By the column's name; columns that were read as everybody reads them are absent. */
export type ColumnReadings = Readonly<Record<string, ColumnReading>>;
