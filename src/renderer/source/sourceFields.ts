/** The fields of a data source for a form, made from the recipe's schema; problems keep the places that the recipe's check gives them. */

import { isRecord } from "../../shared/kit/record.ts";
import { type FieldSchema, fieldAt } from "../../shared/recipe/fields.ts";
import { showMixed } from "../forms/numbers.ts";
import type { Path } from "../forms/path.ts";

/** Fields that the list of columns sets (ColumnRoles.tsx). */
const OF_COLUMNS = ["ignore", "kinds"];

/** Where the recipe has its source. */
export const SOURCE_PATH: Path = ["data", "source"];

export interface SourceFields {
  /** The object of all plain fields. */
  readonly schema: FieldSchema;
  /** Fields whose value is a value for each of several names: they are written line by line. */
  readonly records: readonly string[];
  /** The schema of every field, by its name. */
  readonly all: Readonly<Record<string, FieldSchema>>;
}

/**
 * The fields of the format that a source has.
 * @param elsewhere a field of a generator that has a control of its own elsewhere
 * @param columnsElsewhere whether the columns of a table have
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

/** An object whose names are not the schema's. */
function isRecordOf({ type, properties, oneOf, anyOf }: FieldSchema): boolean {
  return type === "object" && properties === undefined && oneOf === undefined && anyOf === undefined;
}

/** A tuple of numbers is typed as a list of them: `64, 64`. */
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

/** A line of a record, to be written like it: `zip: categorical`. */
export function exampleOf(record: FieldSchema): string {
  const value = valueSchema(record);
  if (value?.enum !== undefined) return `zip: ${value.enum.includes("categorical") ? "categorical" : String(value.enum[0])}`;
  return value?.type === "array" ? "zip: -999, unknown" : "folds: 5";
}

function valueSchema({ additionalProperties: value }: FieldSchema): FieldSchema | undefined {
  return typeof value === "object" ? value : undefined;
}

/**
 * `zip: categorical` a line -> { zip: "categorical" }. Where the schema has lists of texts a value is one, parted by commas; else what is JSON is
 * read as JSON, and everything else is text. Undefined where there is no line.
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

/** What a field is set to, in a line: `zip: categorical, id: numeric`. */
export function settingText(value: unknown, words: { readonly yes: string; readonly no: string }): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return isRecord(value) && !Array.isArray(value) ? showRecord(value).replaceAll("\n", ", ") : showMixed(value);
}
