/** The form fields of a data source, derived from the recipe's schema. Problems keep the places of the recipe's check. */

import { isRecord } from "../../shared/kit/record.ts";
import { type FieldSchema, fieldAt } from "../../shared/recipe/fields.ts";
import { showMixed } from "../forms/numbers.ts";
import type { Path } from "../forms/path.ts";

/** Fields that ColumnRoles.tsx sets. */
const OF_COLUMNS = ["ignore", "kinds"];

/** Place of the source in the recipe. */
export const SOURCE_PATH: Path = ["data", "source"];

export interface SourceFields {
  /** The schema of all plain fields. */
  readonly schema: FieldSchema;
  /** Fields that hold a value per name; they are edited line by line. */
  readonly records: readonly string[];
  /** The schema of every field, by name. */
  readonly all: Readonly<Record<string, FieldSchema>>;
}

/**
 * The fields of a source's format.
 * @param elsewhere a field of a generator whose control is elsewhere
 * @param columnsElsewhere whether a table's columns have one
 */
export function sourceFields(source: unknown, elsewhere = "", columnsElsewhere = false): SourceFields | null {
  const union = fieldAt(SOURCE_PATH, { data: { source } });
  const type = typeof source === "object" && source !== null && "type" in source ? source.type : undefined;
  const chosen =
    union?.oneOf?.find((each) => each.properties?.["type"]?.const === type) ?? union?.anyOf?.find((each) => each.properties?.["type"]?.const === type);
  if (chosen?.properties === undefined) return null;
  const properties = Object.entries(chosen.properties).filter(([name]) => name !== "type" && !(columnsElsewhere && OF_COLUMNS.includes(name)));
  return {
    schema: {
      ...chosen,
      properties: Object.fromEntries(properties.filter(([, field]) => !isRecordOf(field)).map(([name, field]) => [name, without(listed(field), elsewhere)])),
    },
    records: properties.flatMap(([name, field]) => (isRecordOf(field) ? [name] : [])),
    all: chosen.properties,
  };
}

/** An object whose property names are not fixed by the schema. */
function isRecordOf({ type, properties, oneOf, anyOf }: FieldSchema): boolean {
  return type === "object" && properties === undefined && oneOf === undefined && anyOf === undefined;
}

/** A tuple of numbers is entered as a list: `64, 64`. */
function listed(field: FieldSchema): FieldSchema {
  const [first] = field.prefixItems ?? [];
  return first === undefined ? field : { ...field, items: first };
}

function without(union: FieldSchema, name: string): FieldSchema {
  if (name === "" || union.oneOf === undefined) return union;
  const keep = (alternative: FieldSchema): FieldSchema =>
    alternative.properties === undefined
      ? alternative
      : { ...alternative, properties: Object.fromEntries(Object.entries(alternative.properties).filter(([field]) => field !== name)) };
  return { ...union, oneOf: union.oneOf.map(keep) };
}

/** An example line of a record: `zip: categorical`. */
export function exampleOf(record: FieldSchema): string {
  const value = valueSchema(record);
  if (value?.enum !== undefined) return `zip: ${value.enum.includes("categorical") ? "categorical" : String(value.enum[0])}`;
  return value?.type === "array" ? "zip: -999, unknown" : "folds: 5";
}

function valueSchema({ additionalProperties: value }: FieldSchema): FieldSchema | undefined {
  return typeof value === "object" ? value : undefined;
}

/**
 * One `zip: categorical` per line -> { zip: "categorical" }. If the schema's values are lists of strings, a value is split at commas. Otherwise it
 * is parsed as JSON if possible, and is a string if not. Undefined without any line.
 */
export function readRecord(text: string, record: FieldSchema = {}): Readonly<Record<string, unknown>> | undefined {
  const read = valueSchema(record)?.type === "array" ? readTexts : readValue;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.lastIndexOf(":");
      return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), read(line.slice(colon + 1).trim())];
    }),
  );
}

/** `-999, none` -> ["-999", "none"]; nothing -> [] */
function readTexts(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((each) => each.trim());
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function showRecord(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${Array.isArray(each) ? each.join(", ") : typeof each === "string" ? each : JSON.stringify(each)}`)
    .join("\n");
}

/** The value of a field in one line: `zip: categorical, id: numeric`. */
export function settingText(value: unknown, words: { readonly yes: string; readonly no: string }): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return isRecord(value) && !Array.isArray(value) ? showRecord(value).replaceAll("\n", ", ") : showMixed(value);
}
