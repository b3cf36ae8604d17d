/** What is known of a column before its cells are read: set in the recipe, or from the training data. */
import type { ColumnKind, ColumnReadings, DateReading, DecimalName } from "../../../../shared/recipe/readings.ts";
import type { DecimalMark } from "../decimals.ts";
import { MissingTexts } from "./missing.ts";

/** Settings by column name; absent ones are judged. */
export interface SettingsByColumn {
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  readonly missing?: Readonly<Record<string, readonly string[]>>;
  readonly dates?: Readonly<Record<string, DateReading>>;
  readonly decimals?: Readonly<Record<string, DecimalName>>;
  /** How training read these columns. New data are read the same way, and nothing is judged from few cells. */
  readonly readings?: ColumnReadings;
  /** Whether the columns together form one sample with a shape, so that none of them is an identifier. */
  readonly shaped?: boolean;
}

export interface ColumnSettings {
  readonly kind: ColumnKind | null;
  readonly missing: MissingTexts | null;
  readonly missingTexts: readonly string[] | null;
  readonly dates: DateReading | null;
  readonly decimal: DecimalMark | null;
  /** The unit in training. */
  readonly unit: string | null;
  /** Whether training has read such data. */
  readonly known: boolean;
  readonly shaped: boolean;
}

export function settingsOf(name: string, { kinds, missing, dates, decimals, readings, shaped = false }: SettingsByColumn): ColumnSettings {
  const known = own(readings, name);
  const missingTexts = own(missing, name) ?? known?.missing ?? null;
  const decimal = own(decimals, name) ?? known?.decimal;
  return {
    kind: own(kinds, name) ?? null,
    missing: missingTexts === null ? null : new MissingTexts(missingTexts),
    missingTexts,
    dates: own(dates, name) ?? known?.dates ?? null,
    decimal: decimal === undefined ? null : decimal === "comma" ? "," : ".",
    unit: known?.unit ?? null,
    known: readings !== undefined,
    shaped,
  };
}

/** Looks up own properties only: a column may be called "constructor". */
function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
