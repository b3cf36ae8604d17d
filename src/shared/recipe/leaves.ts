/** The single values of a recipe by path, for columns and comparisons: "optimizer.lr", "model.layers[2].units". */
import { isRecord } from "../kit/record.ts";
import { type FieldSchema, recipeFields } from "./fields.ts";

/** The value at a path of names ("optimizer.lr"); undefined where the recipe has no such field. */
export function valueAt(recipe: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((part, name) => (isRecord(part) && Object.hasOwn(part, name) ? part[name] : undefined), recipe);
}

/** A value as a column shows it: a list of objects as the list of their types, with "{}" for an object without one. */
export function shortValue(value: unknown): unknown {
  if (!Array.isArray(value)) return isRecord(value) ? undefined : value;
  return value.map((item) => (isRecord(item) ? (typeof item["type"] === "string" ? item["type"] : "{}") : item));
}

/** A field with a value or a list, without fields inside. */
export interface LeafField {
  readonly path: string;
  /** The schemas along the path, from the outside in; their titles form the field's full name. */
  readonly schemas: readonly FieldSchema[];
}

/** Every leaf field that a recipe can have, including those of all alternatives of unions. A list is one leaf. */
export function leafFields(root: FieldSchema = recipeFields): readonly LeafField[] {
  const found = new Map<string, LeafField>();
  const visit = (schema: FieldSchema, path: readonly string[], schemas: readonly FieldSchema[]): void => {
    const alternatives = [schema, ...(schema.oneOf ?? schema.anyOf ?? [])];
    const objects = alternatives.filter(({ properties }) => properties !== undefined);
    if (objects.length === 0) {
      const key = path.join(".");
      if (!found.has(key)) found.set(key, { path: key, schemas });
      return;
    }
    for (const { properties } of objects) for (const [name, field] of Object.entries(properties ?? {})) visit(field, [...path, name], [...schemas, field]);
  };
  visit(root, [], []);
  return [...found.values()];
}

/**
 * Single values by their full paths, with lists split into items, for the comparison of recipes. A list of objects with a `type` also has its list
 * of types as one value, under its own path.
 */
export function flatLeaves(recipe: unknown): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      leaves.set(path, value.map((item) => (isRecord(item) && typeof item["type"] === "string" ? item["type"] : "")).join(" "));
      for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`);
    } else if (isRecord(value)) for (const [name, inner] of Object.entries(value)) visit(inner, path === "" ? name : `${path}.${name}`);
    else leaves.set(path, value);
  };
  visit(recipe, "");
  return leaves;
}
