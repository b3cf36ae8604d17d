/** How a column of text cells was read, kept with what was learned from it: other files with the same columns are read the same way. */
import type { z } from "zod";
import { named } from "../kit/schema.ts";

export const dateReading = named({
  dayFirst: { en: "Day first", ko: "일이 먼저" },
  monthFirst: { en: "Month first", ko: "월이 먼저" },
  yearFirst: { en: "Year first", ko: "연도가 먼저" },
  unixSeconds: { en: "Seconds since 1970", ko: "1970년부터 센 초" },
  unixMilliseconds: { en: "Milliseconds since 1970", ko: "1970년부터 센 밀리초" },
  unixMicroseconds: { en: "Microseconds since 1970", ko: "1970년부터 센 마이크로초" },
  unixNanoseconds: { en: "Nanoseconds since 1970", ko: "1970년부터 센 나노초" },
});
export const DATE_READINGS = dateReading.options;

export const decimalMark = named({ point: { en: "Point", ko: "점" }, comma: { en: "Comma", ko: "쉼표" } });
export const columnKind = named({ numeric: { en: "Numbers", ko: "수" }, categorical: { en: "Categories", ko: "범주" }, time: { en: "Times", ko: "시각" } });

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
