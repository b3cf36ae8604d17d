/**
 * The recipe's schema as JSON Schema, and a walk through it. The form, the command line's `--set` and the messages about
 * unknown fields read the same description.
 */
import { z } from "zod";
import { isRecord } from "../kit/record.ts";
import type { Words } from "../kit/words.ts";
import { recipeSchema } from "./recipe.ts";

/** The part of JSON Schema that the recipe uses, with the metadata of `kit/schema.ts`. */
export interface FieldSchema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly title?: string;
  readonly description?: string;
  /** In Korean what `title`, `description`, `unit` and `usual` are in English. */
  readonly ko?: { readonly title?: string; readonly description?: string; readonly unit?: string; readonly usual?: string };
  /** What the names that the field takes are called. */
  readonly names?: Readonly<Record<string, Words>>;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  /** Of an object whose names are not the schema's. */
  readonly additionalProperties?: FieldSchema | boolean;
  readonly prefixItems?: readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A text's regular expression. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly scale?: "linear" | "log";
  readonly unit?: string;
  readonly step?: number;
  readonly search?: readonly [number, number];
  readonly kinds?: readonly string[];
  /** What applies where an optional field is left out. */
  readonly usual?: string;
  /** Whether a form shows the fields below only where they are asked for. */
  readonly folded?: boolean;
  /** Whether a form keeps it behind "more". */
  readonly rare?: boolean;
  /** Whether it is a name or a note of the person's own, for which no value is the usual one. */
  readonly personal?: boolean;
}

/** The whole recipe, as people write it (defaults optional). Layers hold layers, so it is a graph of objects with cycles, not a tree. */
export const recipeFields: FieldSchema = fieldSchema(recipeSchema);

/** What a schema takes, as JSON Schema. */
export function fieldSchema(schema: z.ZodType): FieldSchema {
  return resolved(z.toJSONSchema(schema, { io: "input" }));
}

/** The schema with every `$ref` replaced by what it refers to, its own title and help kept. */
function resolved(root: object): FieldSchema {
  const made = new Map<string, unknown>();
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (!isRecord(part)) return part;
    const { $ref, ...own } = part;
    if (typeof $ref !== "string") return Object.fromEntries(Object.entries(part).flatMap(([key, value]) => (key === "$defs" ? [] : [[key, visit(value)]])));
    const known = made.get($ref);
    if (known !== undefined && Object.keys(own).length === 0) return known;
    const target: Record<string, unknown> = {};
    if (Object.keys(own).length === 0) made.set($ref, target);
    return Object.assign(target, visit(referredTo(root, $ref)), own);
  };
  return visit(root) as FieldSchema;
}

/** `#/$defs/layer` */
function referredTo(root: unknown, reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), root);
}

/** The alternative of a union by `type` that a value has chosen, or the schema itself. */
export function chosenAlternative(schema: FieldSchema, value: unknown): FieldSchema | undefined {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives === undefined) return schema;
  const type = isRecord(value) ? value.type : undefined;
  return alternatives.find((alternative) => alternative.properties?.type?.const === type);
}

/** The list that a value may be here: the schema itself, or one alternative of a union (a kernel's [height, width]). */
export function listAlternative(schema: FieldSchema): FieldSchema | undefined {
  return [schema, ...(schema.anyOf ?? schema.oneOf ?? [])].find((option) => option.items !== undefined || option.prefixItems !== undefined);
}

function itemAt(schema: FieldSchema, index: number): FieldSchema | undefined {
  const list = listAlternative(schema);
  return list?.prefixItems?.[index] ?? list?.items;
}

/** What the values of an object take whose names are not the schema's. */
function valueSchema(schema: FieldSchema | undefined): FieldSchema | undefined {
  return typeof schema?.additionalProperties === "object" && schema.properties === undefined ? schema.additionalProperties : undefined;
}

/** The names `type` can take where the schema is a choice of types. */
export function typesOf(schema: FieldSchema): readonly string[] {
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap((alternative) => {
    const type = alternative.properties?.type?.const;
    return typeof type === "string" ? [type] : [];
  });
}

/**
 * The schema of the field at a path, following the choices that `value` (the recipe so far) has made.
 * @param root the schema of `value`, where that is a part of a recipe
 */
export function fieldAt(path: readonly PropertyKey[], value: unknown, root: FieldSchema = recipeFields): FieldSchema | undefined {
  let schema: FieldSchema | undefined = root;
  let here = value;
  for (const key of path) {
    if (schema === undefined) return undefined;
    const chosen = chosenAlternative(schema, here);
    schema = typeof key === "number" ? itemAt(schema, key) : (ownProperty(chosen?.properties, String(key)) ?? valueSchema(chosen));
    here = isRecord(here) ? here[String(key)] : undefined;
  }
  return schema;
}

/** Names of the fields of the object at a path. */
export function fieldNames(path: readonly PropertyKey[], value: unknown): readonly string[] {
  const schema = fieldAt(path, value);
  const here = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);
  return Object.keys((schema && chosenAlternative(schema, here))?.properties ?? {});
}

/** `model.layers[2].filters` */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((out, key) => (typeof key === "number" ? `${out}[${key}]` : out === "" ? String(key) : `${out}.${String(key)}`), "");
  return text === "" ? "recipe" : text;
}

/** A field by name, and not what every object inherits (`constructor`). */
export function ownProperty<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
