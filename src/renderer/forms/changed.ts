/** The fields of a recipe that differ from their defaults, and how to reset them. */
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema, typesOf } from "../../shared/recipe/fields.ts";
import type { Path } from "./path.ts";

/** A field that differs, and its default value; undefined removes the field. */
export interface Change {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Whether a field's value differs from its default.
 * @param required whether the recipe must set the field: without a default it then never counts as changed
 */
export function differs(schema: FieldSchema, value: unknown, required: boolean): boolean {
  if (value === undefined || schema.const !== undefined || schema.personal === true) return false;
  if (schema.default === undefined) return !required;
  if (typesOf(schema).length > 0) return isRecord(value) && isRecord(schema.default) && value.type !== schema.default.type;
  return JSON.stringify(value) !== JSON.stringify(schema.default);
}

/** All changes at a place and below it. A choice that differs is one change with all of its fields; lists of items are left out. */
export function changesWithin(path: Path, schema: FieldSchema, value: unknown, required: boolean): readonly Change[] {
  if (schema.personal === true || schema.items?.properties !== undefined || (schema.items !== undefined && typesOf(schema.items).length > 0)) return [];
  const choice = typesOf(schema).length > 0;
  if (!choice && schema.properties === undefined) return differs(schema, value, required) ? [{ path, value: schema.default }] : [];
  if (choice && differs(schema, value, required)) return [{ path, value: schema.default }];
  const chosen = choice ? chosenAlternative(schema, value ?? schema.default) : schema;
  const record = isRecord(value) ? value : {};
  return Object.entries(chosen?.properties ?? {}).flatMap(([name, field]) =>
    changesWithin([...path, name], field, record[name], chosen?.required?.includes(name) === true),
  );
}
