/** Values for what a form adds: the schema's defaults, written out so that they can be seen. */
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema, typesOf } from "../../shared/recipe/fields.ts";

/** The default of a schema; for an object, its type and the defaults of its fields. Undefined if there is none. */
export function defaultOf(schema: FieldSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.properties !== undefined) {
    const required = schema.required ?? [];
    // Folded fields are left out until they are opened.
    const spokenOf = Object.entries(schema.properties).filter(([, field]) => field.folded !== true);
    const fields = spokenOf.flatMap(([name, field]) => {
      const value = defaultOf(field) ?? (required.includes(name) ? emptyOf(field) : undefined);
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(fields);
  }
  return schema.default;
}

/** A required field without a default begins empty, and the check asks for it. */
function emptyOf(schema: FieldSchema): unknown {
  const [type] = typesOf(schema);
  if (type !== undefined) return withType(schema, undefined, type);
  return schema.type === "string" ? "" : undefined;
}

/** The value after the type changed: the new type's defaults, with the former values of the fields that both types have. */
export function withType(schema: FieldSchema, value: unknown, type: string): unknown {
  const alternative = chosenAlternative(schema, { type });
  if (alternative === undefined) return { type };
  const fresh = defaultOf(alternative);
  if (!isRecord(fresh)) return { type };
  const former = chosenAlternative(schema, value);
  const kept = Object.entries(isRecord(value) ? value : {}).filter(([name, own]) => {
    const sameDefault = JSON.stringify(former?.properties?.[name]?.default) === JSON.stringify(alternative.properties?.[name]?.default);
    const untouched = JSON.stringify(former?.properties?.[name]?.default) === JSON.stringify(own);
    const field = alternative.properties?.[name];
    return name !== "type" && field !== undefined && takes(field, own) && (sameDefault || !untouched);
  });
  return { ...fresh, ...Object.fromEntries(kept), type };
}

/** Whether a group has all fields of a value: another layer may have other parameters to initialize. */
function takes({ properties }: FieldSchema, value: unknown): boolean {
  return properties === undefined || !isRecord(value) || Object.keys(value).every((name) => Object.hasOwn(properties, name));
}
