/** Converts columns of typed files to the kinds that the recipe sets. Numbers that float32 cannot hold become missing and are reported. */
import { setImmediate as turn } from "node:timers/promises";
import type { ColumnReading } from "../../../shared/recipe/readings.ts";
import type { TableColumn } from "../table.ts";
import { CategoryBuilder, categoricalColumn } from "./categories.ts";
import { fitsFloat32 } from "./cells/cells.ts";
import { textOfferGuess } from "./cells/columnGuess.ts";
import { mayCountTime, timesOfNumbers } from "./cells/dateColumn.ts";
import type { MissingTexts } from "./cells/missing.ts";
import { numberOffers } from "./cells/offers.ts";
import type { ColumnSettings } from "./cells/settings.ts";
import { MAX_BAD_CELLS, type ReadColumn } from "./loadedTable.ts";
import { columnOfText } from "./textColumn.ts";

type Categorical = Extract<TableColumn, { readonly kind: "categorical" }>;
type Numbers = Exclude<TableColumn, Categorical>;

/** With more different texts the column holds identifiers, and no other reading is offered. */
const MOST_OFFERED = 20_000;

export async function wantedColumn(column: TableColumn, settings: ColumnSettings): Promise<ReadColumn> {
  return column.kind === "categorical" ? ofTexts(column, settings) : ofNumbers(column, settings);
}

/** Whether digits should be kept as text because the column may be an identifier. */
export function mayBeName({ kind, shaped }: ColumnSettings): boolean {
  return kind === "categorical" || (kind === null && !shaped);
}

/** Integers as digits: categories if they are identifiers, otherwise numbers. */
export async function wantedDigits(column: TableColumn, settings: ColumnSettings): Promise<ReadColumn> {
  if (column.kind !== "categorical") return wantedColumn(column, settings);
  const { name, codes, categories } = column;
  return columnOfText({ name, codes, names: categories, decimal: ".", settings });
}

async function ofTexts(column: Categorical, settings: ColumnSettings): Promise<ReadColumn> {
  const { name, codes, categories } = column;
  if (settings.kind === "numeric" || settings.kind === "time") return columnOfText({ name, codes, names: categories, decimal: ".", settings });
  const { missing, missingTexts } = settings;
  if (missing !== null && missingTexts !== null) {
    const kept = await categoricalColumn(name, codes, categories, (text) => missing.has(text));
    return { column: kept, bad: [], badCount: 0, reading: { missing: missingTexts } };
  }
  return { column, bad: [], badCount: 0, guesses: settings.kind === null && !settings.known ? await offersOf(column, settings) : [] };
}

/** Text stays text if the file says so; reading it as numbers or dates is offered. */
async function offersOf({ name, codes, categories }: Categorical, settings: ColumnSettings) {
  const [first] = categories;
  if (first === undefined || categories.length > MOST_OFFERED) return [];
  const { column, guesses = [] } = await columnOfText({ name, codes: codes.slice(), names: categories, decimal: ".", settings });
  await turn();
  if (column.kind !== "categorical") return [textOfferGuess(name, column.kind, first)];
  return guesses.filter(({ field }) => field === "dates");
}

async function ofNumbers(column: Numbers, settings: ColumnSettings): Promise<ReadColumn> {
  const { name, values } = column;
  const isTime = column.kind === "time";
  if (settings.kind === "categorical") return { column: await namesOf(name, values, isTime), bad: [], badCount: 0 };
  if (isTime) return { column, bad: [], badCount: 0 };
  if (settings.missing !== null) forget(values, settings.missing);
  const reading: ColumnReading = {
    ...(settings.missingTexts === null ? {} : { missing: settings.missingTexts }),
    ...(settings.dates === null ? {} : { dates: settings.dates }),
  };
  if (settings.kind === "time" && mayCountTime(settings, values))
    return { column: { name, kind: "time", values: timesOfNumbers(values, settings.dates) }, bad: [], badCount: 0, reading };
  const read = withoutUnfit(name, values);
  return { ...read, ...(Object.keys(reading).length === 0 ? {} : { reading }), guesses: numberOffers(name, values, settings) };
}

/** Replaces numbers that mean missing by NaN, in place. */
function forget(values: Float64Array, missing: MissingTexts): void {
  for (let row = 0; row < values.length; row++) if (missing.hasNumber(values[row] ?? Number.NaN)) values[row] = Number.NaN;
}

/** @param values infinite and out-of-range values become missing, in place */
function withoutUnfit(name: string, values: Float64Array): ReadColumn {
  const bad: { row: number; text: string }[] = [];
  let badCount = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (fitsFloat32(value) || Number.isNaN(value)) continue;
    badCount++;
    if (bad.length < MAX_BAD_CELLS) bad.push({ row, text: String(value) });
    values[row] = Number.NaN;
  }
  return { column: { name, kind: "numeric", values }, bad, badCount };
}
function namesOf(name: string, values: Float64Array, isTime: boolean): Promise<TableColumn> {
  const builder = new CategoryBuilder(values.length);
  const codes = new Map<number, number>();
  for (const [row, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    let code = codes.get(value);
    if (code === undefined) {
      code = builder.code(isTime ? timeName(value) : String(value));
      codes.set(value, code);
    }
    builder.codes[row] = code;
  }
  return builder.finish(name);
}

/** A date without the time if that is midnight. */
function timeName(value: number): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  return value % 86_400_000 === 0 ? date.toISOString().slice(0, 10) : date.toISOString();
}
