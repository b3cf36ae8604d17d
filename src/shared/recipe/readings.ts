/** How the text cells of a column were interpreted, stored with the run so that other files are read in the same way. */
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

export const decimalMark = named({ point: { en: "Point", ko: "점" }, comma: { en: "Comma", ko: "쉼표" } });
export const columnKind = named({ numeric: { en: "Numbers", ko: "수" }, categorical: { en: "Categories", ko: "범주" }, time: { en: "Times", ko: "시각" } });

/** The order of day, month and year in numeric dates, or the unit of a number counted since 1970. */
export type DateReading = z.output<typeof dateReading>;
export type DecimalName = z.output<typeof decimalMark>;
export type ColumnKind = z.output<typeof columnKind>;

export interface ColumnReading {
  /** The decimal separator, where numbers alone are ambiguous: "1,234". */
  readonly decimal?: DecimalName;
  /** The unit or currency beside the numbers. */
  readonly unit?: string;
  readonly dates?: DateReading;
  /** Texts that mean missing, whether guessed or set. */
  readonly missing?: readonly string[];
}

/** By column name; columns read in the usual way are absent. */
export type ColumnReadings = Readonly<Record<string, ColumnReading>>;
