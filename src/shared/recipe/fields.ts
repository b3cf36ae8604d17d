/** The recipe's schema as JSON Schema, and lookups in it. The form, the command line's `--set` and the messages about unknown fields all use it. */
import { z } from "zod";
import { isRecord } from "../kit/record.ts";
import type { Words } from "../kit/words.ts";
import { recipeSchema } from "./recipe.ts";

/** The subset of JSON Schema that the recipe uses, with the metadata of `kit/schema.ts`. */
export interface FieldSchema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly title?: string;
  readonly description?: string;
  /** The Korean texts of `title`, `description`, `unit` and `usual`. */
  readonly ko?: { readonly title?: string; readonly description?: string; readonly unit?: string; readonly usual?: string };
  /** Titles of the names that the field accepts. */
  readonly names?: Readonly<Record<string, Words>>;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  /** For an object with arbitrary keys: the schema of its values. */
  readonly additionalProperties?: FieldSchema | boolean;
  readonly prefixItems?: readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Regular expression for a string. */
  readonly pattern?: string;
  /** What the regular expression asks for, as the end of the sentence "must …". */
  readonly rule?: Words;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly scale?: "linear" | "log";
  readonly unit?: string;
  readonly step?: number;
  readonly search?: readonly [number, number];
  readonly kinds?: readonly string[];
  /** The value that applies where an optional field is left out. */
  readonly usual?: string;
  /** Whether a form shows the fields inside only on request. */
  readonly folded?: boolean;
  /** Whether a form keeps it behind "more". */
  readonly rare?: boolean;
  /** Whether it is the user's own name or note, which has no usual value. */
  readonly personal?: boolean;
}

/** The whole recipe as it is written in a file (defaults optional). Layers contain layers, so this is a cyclic graph of objects and not a tree. */
export const recipeFields: FieldSchema = fieldSchema(recipeSchema);

/** A zod schema as JSON Schema. */
export function fieldSchema(schema: z.ZodType): FieldSchema {
  return resolved(z.toJSONSchema(schema, { io: "input" }));
}

/** The schema with every `$ref` replaced by its target; the title and help beside the reference are kept. */
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

/** The alternative of a union that the `type` of a value selects, or the schema itself. */
export function chosenAlternative(schema: FieldSchema, value: unknown): FieldSchema | undefined {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives === undefined) return schema;
  const type = isRecord(value) ? value.type : undefined;
  return alternatives.find((alternative) => alternative.properties?.type?.const === type);
}

/** The list schema: the schema itself, or the list alternative of a union (a kernel's [height, width]). */
export function listAlternative(schema: FieldSchema): FieldSchema | undefined {
  return [schema, ...(schema.anyOf ?? schema.oneOf ?? [])].find((option) => option.items !== undefined || option.prefixItems !== undefined);
}

function itemAt(schema: FieldSchema, index: number): FieldSchema | undefined {
  const list = listAlternative(schema);
  return list?.prefixItems?.[index] ?? list?.items;
}

/** The schema of the values of an object with arbitrary keys. */
function valueSchema(schema: FieldSchema | undefined): FieldSchema | undefined {
  return typeof schema?.additionalProperties === "object" && schema.properties === undefined ? schema.additionalProperties : undefined;
}

/** The possible values of `type`, if the schema is a union by type. */
export function typesOf(schema: FieldSchema): readonly string[] {
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap((alternative) => {
    const type = alternative.properties?.type?.const;
    return typeof type === "string" ? [type] : [];
  });
}

/**
 * The schema of the field at a path, following the choices made in `value`.
 * @param root the schema of `value`, if that is only a part of a recipe
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

/** Names of the fields of the object at a path. @param root as for {@link fieldAt} */
export function fieldNames(path: readonly PropertyKey[], value: unknown, root: FieldSchema = recipeFields): readonly string[] {
  const schema = fieldAt(path, value, root);
  const here = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);
  return Object.keys((schema && chosenAlternative(schema, here))?.properties ?? {});
}

/** `model.layers[2].filters` */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((out, key) => (typeof key === "number" ? `${out}[${key}]` : out === "" ? String(key) : `${out}.${String(key)}`), "");
  return text === "" ? "recipe" : text;
}

/** An own property by name, ignoring inherited ones (`constructor`). */
export function ownProperty<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
