/** What of a recipe differs from its defaults, and what takes it back. */
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema, typesOf } from "../../shared/recipe/fields.ts";
import type { Path } from "./path.ts";

/** A field that differs, and the value it has where nobody moves it; undefined takes it out. */
export interface Change {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Whether a field's value is another than its default.
 * @param required whether the recipe must say something here: a field without a default then has nothing to differ from
 */
export function differs(schema: FieldSchema, value: unknown, required: boolean): boolean {
  if (value === undefined || schema.const !== undefined || schema.personal === true) return false;
  if (schema.default === undefined) return !required;
  if (typesOf(schema).length > 0) return isRecord(value) && isRecord(schema.default) && value.type !== schema.default.type;
  return JSON.stringify(value) !== JSON.stringify(schema.default);
}

/** All that differs at a place and below it. A choice that differs is one change with all of its fields; lists of things have their own tools. */
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
