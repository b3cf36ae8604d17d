/** The fields of a catalog entry as a table, from its schema alone. */
import type { z } from "zod";
import { type FieldSchema, fieldSchema } from "../../src/shared/recipe/fields.ts";
import { code, literal, table } from "./markdown.ts";

/** The fields but for `type`, which is the entry's name. */
export function fieldsOf(schema: z.ZodType): readonly (readonly [string, FieldSchema])[] {
  const { properties = {} } = fieldSchema(schema);
  return Object.entries(properties).filter(([name]) => name !== "type");
}

export function fieldTable(schema: z.ZodType): string {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return "It has no fields.";
  return table(
    HEAD,
    fields.map(([name, field]) => fieldRow(name, field)),
  );
}

export const HEAD = ["Field", "Default", "Takes", "What it does"] as const;

/** @param name of the field, or its path */
export function fieldRow(name: string, field: FieldSchema): readonly string[] {
  return [
    `${field.title === undefined ? "" : `**${field.title}**<br>`}${code(name)}`,
    field.default === undefined ? "" : literal(field.default),
    [takes(field), ...notes(field)].join("; "),
    field.description ?? "",
  ];
}

function notes({ unit, scale, search }: FieldSchema): readonly string[] {
  return [
    ...(unit === undefined ? [] : [`in ${unit}`]),
    ...(search === undefined ? [] : [`searched from ${search[0]} to ${search[1]}${scale === "log" ? " by ratios" : ""}`]),
  ];
}

/** What values a field takes, in words. */
function takes(field: FieldSchema): string {
  const alternatives = field.anyOf ?? field.oneOf;
  if (field.usual !== undefined) {
    const { usual, ...plain } = field;
    return `${alternatives?.some(isLayer) ? "an [initializer](initializers.md)" : takes(plain)}, usually ${usual}`;
  }
  // A union of plain types is a list of their names.
  const types: unknown = field.type;
  if (Array.isArray(types)) return types.map((type) => takes({ ...field, type })).join(" or ");
  if (types === "null") return literal(null);
  if (alternatives !== undefined) return alternatives.some(isLayer) ? "a layer" : oneOf(alternatives);
  if (field.const !== undefined) return literal(field.const);
  if (field.enum !== undefined) return field.enum.map(literal).join(", ");
  if (field.prefixItems !== undefined) return `[${field.prefixItems.map(takes).join(", ")}]`;
  switch (field.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number${limits(field)}`;
    case "number":
      return `a number${limits(field)}`;
    case "string":
      return "text";
    case "array":
      return `a list of ${plural(field.items)}`;
    case "object":
      if (typeof field.additionalProperties === "object") return `values by name, each ${takes(field.additionalProperties)}`;
      return Object.entries(field.properties ?? {})
        .map(([name, inner]) => `${code(name)}: ${takes(inner)}`)
        .join(", ");
    default:
      // A container's layers refer to the union of all of them.
      return "a layer";
  }
}

/** `a whole number ≥ 1, or 2 of them` */
function oneOf(alternatives: readonly FieldSchema[]): string {
  const words = alternatives.map((alternative, i) => {
    const items = alternative.prefixItems?.map(takes) ?? [];
    const single = alternatives.slice(0, i).some((before) => takes(before) === items[0]);
    return single && items.every((item) => item === items[0]) ? `${items.length} of them` : takes(alternative);
  });
  return words.join(", or ");
}

function plural(items: FieldSchema | undefined): string {
  const one = items === undefined ? "a layer" : takes(items);
  return one.replace(/^an? (whole number|number|layer|list)/, "$1s");
}

function isLayer({ properties }: FieldSchema): boolean {
  return properties?.["type"]?.const !== undefined;
}

function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: FieldSchema): string {
  const bounds = [
    ...(exclusiveMinimum === undefined ? [] : [`> ${exclusiveMinimum}`]),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? [] : [`≥ ${minimum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`< ${exclusiveMaximum}`]),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? [] : [`≤ ${maximum}`]),
  ];
  return bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`;
}
