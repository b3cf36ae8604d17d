/** Checks a table source against the column names before any row is read. */
import path from "node:path";
import { Fault, nearestName, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { TableFormatName } from "../../../shared/recipe/formats/index.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { parseNumber } from "./cells/cells.ts";
import type { SettingsByColumn } from "./cells/settings.ts";
import { isColumnName } from "./dialect/dialect.ts";
import type { ColumnKinds } from "./loadedTable.ts";

export type TableSource = Extract<FileSource, { readonly type: TableFormatName }>;

const READ_AS_DATA = "The first line was read as data: choose one of these, or set data.source.header to true.";
/** At most this many columns are listed in a message. */
const MAX_NAMES = 40;

/** The required kinds of columns: the target's by its task, others as the recipe says. */
export function kindsOf(source: TableSource): ColumnKinds {
  const times = Object.keys(source.dates ?? {}).map((name) => [name, "time"] as const);
  return { ...Object.fromEntries(times), ...source.kinds, [source.target]: source.task === "classification" ? "categorical" : "numeric" };
}

/** The recipe's settings for single columns. */
export function settingsOfSource(source: TableSource): SettingsByColumn {
  const { missing, dates, decimals, sampleShape } = source;
  return {
    kinds: kindsOf(source),
    ...(missing === undefined ? {} : { missing }),
    ...(dates === undefined ? {} : { dates }),
    ...(decimals === undefined ? {} : { decimals }),
    shaped: sampleShape !== undefined,
  };
}

/**
 * @param place of the header row
 * @throws Fault if the recipe names a column that the table lacks, leaves no feature, or sets a shape that the columns do not fill
 */
export function checkTableSource(source: TableSource, names: readonly string[], place: string): void {
  const { target, ignore = [], kinds = {}, sampleShape } = source;
  const file = path.basename(source.path);
  const problems: Problem[] = [];
  const isNumbers = names.every((name) => !Number.isNaN(parseNumber(name)));
  const isMadeUp = names.every((name) => name === "" || isColumnName(name));
  const named = [
    { field: "target", names: [target] },
    { field: "ignore", names: ignore },
    { field: "kinds", names: Object.keys(kinds) },
    { field: "missing", names: Object.keys(source.missing ?? {}) },
    { field: "dates", names: Object.keys(source.dates ?? {}) },
    { field: "decimals", names: Object.keys(source.decimals ?? {}) },
    { field: "mergeNames", names: source.mergeNames ?? [] },
  ];
  for (const { field, names: wanted } of named)
    for (const name of wanted) {
      if (names.includes(name)) continue;
      const near = nearestName(name, names);
      const other = near === undefined ? "Choose one of these." : `Did you mean ${quote(near)}?`;
      const remedy = isMadeUp ? READ_AS_DATA : isNumbers ? "If the first row holds data, set data.source.header to false." : other;
      problems.push({ place: `data.source.${field}`, expected: `must name a column of ${file}, which has ${listNames(names)}`, received: quote(name), remedy });
    }
  if (ignore.includes(target))
    problems.push({
      place: "data.source.ignore",
      expected: "must not name the target",
      received: quote(target),
      remedy: "Remove it from the list, or choose another target.",
    });
  if (problems.length > 0) throw new Fault("input", problems.slice(0, 10));

  const features = names.filter((name) => name !== target && !ignore.includes(name)).length;
  if (features === 0) throw noFeatures(place, names.length === 1 ? `only the column ${quote(target)}` : "only ignored columns");
  if (sampleShape === undefined || product(sampleShape) === features) return;
  throw new Fault("input", [
    {
      place: "data.source.sampleShape",
      expected: `must hold ${features} values, as many as ${file} has columns besides the target${ignore.length > 0 ? " and the ignored ones" : ""}`,
      received: `[${sampleShape.join(", ")}], which holds ${product(sampleShape)}`,
      remedy: "Correct the shape, or leave it out for a row of features.",
    },
  ]);
}

export function noFeatures(place: string, received: string): Fault {
  const expected = "must have at least one column besides the target";
  return new Fault("input", [{ place, expected, received, remedy: "Add the columns to predict it from." }]);
}

export function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(quote).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}
