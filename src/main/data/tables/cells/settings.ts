/** What is known of a column before its cells are looked at: set in the recipe, or judged before from the data that a network was trained on. */
import type { ColumnKind, ColumnReadings, DateReading, DecimalName } from "../../../../shared/recipe/readings.ts";
import type { DecimalMark } from "../decimals.ts";
import { MissingTexts } from "./missing.ts";

/** By column's name; what is absent is judged. */
export interface SettingsByColumn {
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  readonly missing?: Readonly<Record<string, readonly string[]>>;
  readonly dates?: Readonly<Record<string, DateReading>>;
  readonly decimals?: Readonly<Record<string, DecimalName>>;
  /** How training read these columns: what cells leave open is read so again, and nothing is judged by what few cells look like. */
  readonly readings?: ColumnReadings;
  /** Whether columns are parts of one sample with a shape, so that none of them is a name. */
  readonly shaped?: boolean;
}

export interface ColumnSettings {
  readonly kind: ColumnKind | null;
  readonly missing: MissingTexts | null;
  readonly missingTexts: readonly string[] | null;
  readonly dates: DateReading | null;
  readonly decimal: DecimalMark | null;
  /** The unit of the data that a network was trained on. */
  readonly unit: string | null;
  /** Whether training has read such data before. */
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

/** A column may be called "constructor". */
function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
