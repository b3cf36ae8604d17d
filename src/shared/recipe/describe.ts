/** Describes the values that a field accepts, for messages and help: "a number greater than 0 and at most 1000", "valid" or "same" … */
import { quote } from "../kit/fault.ts";
import { type FieldSchema, typesOf } from "./fields.ts";

/** The end of the sentence "must be …". With `received`, limits that are only technical are left out unless the value exceeds them. */
export function describeField(schema: FieldSchema, received?: unknown): string {
  if (schema.const !== undefined) return quote(schema.const);
  if (schema.enum !== undefined) return listed(schema.enum.map(quote));
  const types = typesOf(schema);
  if (types.length > 0) return `an object whose type is ${listed(types.map(quote))}`;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return listed(alternatives.map((alternative) => describeField(alternative, received)));
  switch (schema.type) {
    case "number":
      return describeNumber(schema, "a number", received);
    case "integer":
      return describeNumber(schema, "a whole number", received);
    case "array":
      return describeList(schema);
    case "boolean":
      return "true or false";
    case "string":
      return describeText(schema);
    default:
      return "an object";
  }
}

function describeNumber(schema: FieldSchema, noun: string, received?: unknown): string {
  const minimum = worthTelling(schema.minimum, received);
  const maximum = worthTelling(schema.maximum, received);
  if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
  const low = schema.exclusiveMinimum !== undefined ? `greater than ${schema.exclusiveMinimum}` : minimum !== undefined ? `of at least ${minimum}` : "";
  const high = schema.exclusiveMaximum !== undefined ? `less than ${schema.exclusiveMaximum}` : maximum !== undefined ? `at most ${maximum}` : "";
  const limits = [low, high].filter((limit) => limit !== "").join(" and ");
  return limits === "" ? noun : `${noun} ${limits}`;
}

/** JSON Schema adds the largest safe integer as a limit of every integer. It is mentioned only for a value that exceeds it. */
function worthTelling(limit: number | undefined, received: unknown): number | undefined {
  const unremarkable = limit !== undefined && Math.abs(limit) >= Number.MAX_SAFE_INTEGER;
  const beyond = typeof received === "number" && Number.isFinite(received) && Math.abs(received) > Number.MAX_SAFE_INTEGER;
  return unremarkable && !beyond ? undefined : limit;
}

function describeText({ minLength = 0, maxLength }: FieldSchema): string {
  if (maxLength !== undefined) return `a text of ${minLength === 0 ? "at most" : `${minLength} to`} ${maxLength} characters`;
  return minLength > 0 ? "a text that is not empty" : "a text";
}

function describeList(schema: FieldSchema): string {
  const items = schema.prefixItems ?? [];
  const [first] = items;
  if (first === undefined) return schema.maxItems === undefined ? "a list" : `a list of at most ${schema.maxItems} items`;
  return `${items.length === 2 ? "a pair" : `a list of ${items.length}`} ${items.length === 2 ? "of " : ""}${describeNumber(first, first.type === "integer" ? "whole numbers" : "numbers")}`;
}

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length < 2 ? unique.join("") : `${unique.slice(0, -1).join(", ")} or ${unique.at(-1)}`;
}
