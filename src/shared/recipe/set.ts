/**
 * Sets one field of a recipe: from a text such as `optimizer.lr=0.01` (the command line's `--set`), or to a value (a study's trial). The path is
 * checked against the schema, so that a wrong name is answered with the valid ones; the value is validated later with the whole recipe.
 */
import { Fault, nearestName, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { joined, say } from "../kit/say.ts";
import { inEach, type Text, type Words } from "../kit/words.ts";
import { chosenAlternative, type FieldSchema, formatPath, listAlternative, ownProperty, recipeFields, typesOf } from "./fields.ts";

type Path = readonly (string | number)[];

/**
 * A copy of the recipe with one field changed; unchanged parts are shared with the original. Values are parsed as JSON if they are JSON, otherwise
 * taken as text. A new `type` keeps only the fields that it has.
 *
 * @param recipe a hand-written recipe, defaults optional
 * @param assignment `path=value`; list items as `layers[0]` or `layers.0`; an index one past the end appends
 * @throws Fault (usage) if the text is not an assignment or the path does not exist
 */
export function setField(recipe: unknown, assignment: string): unknown {
  const equals = assignment.indexOf("=");
  const path = equals > 0 ? parsePath(assignment.slice(0, equals).trim()) : null;
  if (path === null)
    return refuse(
      "--set",
      say`must be a field's path, "=" and a value`,
      quote(assignment),
      say`Write it like --set optimizer.lr=0.01 or --set model.layers[0].filters=16.`,
    );
  const text = assignment.slice(equals + 1);
  return assign({
    value: recipe,
    schema: recipeFields,
    done: [],
    rest: path,
    read: (schema) => parseValue(text, schema),
    how: (place, to) => say`Use --set ${place}=${to}`,
  });
}

/**
 * The same with a value instead of a text.
 * @throws Fault (usage) if the path does not exist
 */
export function setValue(recipe: unknown, path: string, value: unknown): unknown {
  const keys = parsePath(path);
  if (keys === null) return refuse(quote(path), say`must be a field's path`, quote(path), say`Write it like "optimizer.lr" or "model.layers[0].filters".`);
  return assign({ value: recipe, schema: recipeFields, done: [], rest: keys, read: () => value, how: (place, to) => say`Set ${place} to ${to}` });
}

/** `model.layers[0].filters` or `model.layers.0.filters` as keys; null if it is not a path. */
export function parsePath(text: string): Path | null {
  if (!/^[A-Za-z_$][\w$-]*(\.[\w$-]+|\[\d+\])*$/.test(text)) return null;
  return [...text.matchAll(/[\w$-]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
}

interface Step {
  /** The current value at this point of the recipe. */
  readonly value: unknown;
  readonly schema: FieldSchema;
  /** Keys from the recipe's root to here. */
  readonly done: Path;
  /** Keys from here to the field. */
  readonly rest: Path;
  /** The value for a field of this schema. */
  readonly read: (schema: FieldSchema) => unknown;
  /** How another field is set, for remedies: `Use --set place=value`. */
  readonly how: (place: string, value: string) => Words;
}

function assign(step: Step): unknown {
  const [key, ...rest] = step.rest;
  if (key === undefined) return step.read(step.schema);
  return typeof key === "number" ? assignItem(step, key, rest) : assignProperty(step, key, rest);
}

function assignItem(step: Step, index: number, rest: Path): unknown {
  const { value, schema, done } = step;
  const list = listAlternative(schema);
  if (list === undefined) return refuse(formatPath([...done, index]), say`is not a field: ${formatPath(done)} is not a list`, `[${index}]`, namesHere(step));
  if (list.prefixItems !== undefined && !Array.isArray(value))
    return refuse(
      formatPath([...done, index]),
      say`is not a field: ${formatPath(done)} is not a list here`,
      quote(value),
      say`${step.how(formatPath(done), "[…]")} with ${list.prefixItems.length} items.`,
    );
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const limit = list.prefixItems?.length ?? Number.POSITIVE_INFINITY;
  const last = Math.min(items.length, limit - 1);
  const item = list.prefixItems?.[index] ?? list.items;
  if (index > last || item === undefined)
    return refuse(
      formatPath([...done, index]),
      items.length === 0 ? say`must be item 0, because the list is empty` : say`must be one of the list's ${items.length} items, counted from 0`,
      `[${index}]`,
      last === items.length ? say`Use [${last}] to add one.` : say`Choose one of them.`,
    );
  const changed = [...items];
  changed[index] = assign({ ...step, value: items[index], schema: item, done: [...done, index], rest });
  return changed;
}

function assignProperty(step: Step, key: string, rest: Path): unknown {
  const { value, schema, done } = step;
  const record = isPlainRecord(value) ? value : {};
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  if (rest.length === 0 && key === "type" && alternatives.some((alternative) => alternative.properties?.type !== undefined)) {
    const type = step.read({ type: "string" });
    return keepKnown({ ...record, type }, alternatives);
  }
  const fields = chosenAlternative(schema, record)?.properties;
  const inner = ownProperty(fields, key);
  if (inner === undefined)
    return refuse(formatPath([...done, key]), unknownField(step, Object.keys(fields ?? {})), `"${key}"`, remedyFor(key, Object.keys(fields ?? {}), step));
  return { ...record, [key]: assign({ ...step, value: ownProperty(record, key), schema: inner, done: [...done, key], rest }) };
}

/** The fields of the chosen type; all fields if the type is unknown, which validation will report. */
function keepKnown(record: Readonly<Record<string, unknown>>, alternatives: readonly FieldSchema[]): Record<string, unknown> {
  const fields = chosenAlternative({ oneOf: alternatives }, record)?.properties;
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields === undefined || Object.hasOwn(fields, name)));
}

/** A text field takes the value literally, so that a name can be a number; a JSON string is unquoted. */
function parseValue(text: string, schema: FieldSchema): unknown {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  return schema.type === "string" && typeof value !== "string" ? text : value;
}

function unknownField(step: Step, names: readonly string[]): Words {
  if (names.length > 0) return say`is not a field; the fields here are ${names.join(", ")}`;
  const types = typesOf(step.schema);
  return types.length > 0
    ? say`is known only once ${formatPath([...step.done, "type"])} is set`
    : say`is not a field: ${formatPath(step.done)} has no fields of its own`;
}

function remedyFor(key: string, names: readonly string[], step: Step): Words {
  const near = nearestName(key, names);
  if (near !== undefined) return say`Did you mean ${quote(near)}?`;
  const owner = (step.schema.oneOf ?? step.schema.anyOf ?? []).find((alternative) => ownProperty(alternative.properties, key) !== undefined)?.properties?.type
    ?.const;
  if (owner !== undefined && names.length > 0)
    return say`It belongs to the type ${quote(owner)}: ${inEach(step.how(formatPath([...step.done, "type"]), String(owner)), lowerFirst)} first.`;
  return names.length > 0 ? say`Choose one of these.` : namesHere(step);
}

function namesHere(step: Step): Words {
  const place = formatPath(step.done);
  const types = typesOf(step.schema);
  if (types.length > 0) return say`${step.how(`${place}.type`, "NAME")} first, where NAME is ${types.join(", ")}.`;
  return joined([step.how(place, "VALUE"), "."], "");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Array.isArray(value);
}

function refuse(place: string, expected: Text, received: Text, remedy: Text): never {
  throw new Fault("usage", [{ place, expected, received, remedy }]);
}
