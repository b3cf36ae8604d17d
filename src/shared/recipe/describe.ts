/** Describes the values that a field accepts, for messages and help: "a number greater than 0 and at most 1000", "valid" or "same" … */
import { quote } from "../kit/fault.ts";
import { either, say } from "../kit/say.ts";
import { inLanguage, type Text, type Words } from "../kit/words.ts";
import { type FieldSchema, typesOf } from "./fields.ts";

/** The end of the sentence "must be …". With `received`, limits that are only technical are left out unless the value exceeds them. */
export function describeField(schema: FieldSchema, received?: unknown): Text {
  if (schema.const !== undefined) return quote(schema.const);
  if (schema.enum !== undefined) return listed(schema.enum.map(quote));
  const types = typesOf(schema);
  if (types.length > 0) return say`an object whose type is ${listed(types.map(quote))}`;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return listed(alternatives.map((alternative) => describeField(alternative, received)));
  switch (schema.type) {
    case "number":
      return describeNumber(schema, say`a number`, received);
    case "integer":
      return describeNumber(schema, say`a whole number`, received);
    case "array":
      return describeList(schema);
    case "boolean":
      return say`true or false`;
    case "string":
      return describeText(schema);
    default:
      return say`an object`;
  }
}

function describeNumber(schema: FieldSchema, noun: Words, received?: unknown): Words {
  const minimum = worthTelling(schema.minimum, received);
  const maximum = worthTelling(schema.maximum, received);
  if (minimum !== undefined && maximum !== undefined) return say`${noun} from ${minimum} to ${maximum}`;
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  const low = above !== undefined ? say`greater than ${above}` : minimum !== undefined ? say`of at least ${minimum}` : null;
  const high = below !== undefined ? say`less than ${below}` : maximum !== undefined ? say`at most ${maximum}` : null;
  if (low !== null && high !== null) return say`${noun} ${low} and ${high}`;
  if (above !== undefined) return say`${noun} greater than ${above}`;
  if (minimum !== undefined) return say`${noun} of at least ${minimum}`;
  if (below !== undefined) return say`${noun} less than ${below}`;
  return maximum === undefined ? noun : say`${noun} at most ${maximum}`;
}

/** JSON Schema adds the largest safe integer as a limit of every integer. It is mentioned only for a value that exceeds it. */
function worthTelling(limit: number | undefined, received: unknown): number | undefined {
  const unremarkable = limit !== undefined && Math.abs(limit) >= Number.MAX_SAFE_INTEGER;
  const beyond = typeof received === "number" && Number.isFinite(received) && Math.abs(received) > Number.MAX_SAFE_INTEGER;
  return unremarkable && !beyond ? undefined : limit;
}

function describeText({ minLength = 0, maxLength }: FieldSchema): Words {
  if (maxLength !== undefined) return minLength === 0 ? say`a text of at most ${maxLength} characters` : say`a text of ${minLength} to ${maxLength} characters`;
  return minLength > 0 ? say`a text that is not empty` : say`a text`;
}

function describeList(schema: FieldSchema): Words {
  const items = schema.prefixItems ?? [];
  const [first] = items;
  if (first === undefined) return schema.maxItems === undefined ? say`a list` : say`a list of at most ${schema.maxItems} items`;
  const numbers = describeNumber(first, first.type === "integer" ? say`whole numbers` : say`numbers`);
  return items.length === 2 ? say`a pair of ${numbers}` : say`a list of ${items.length} ${numbers}`;
}

function listed(names: readonly Text[]): Words {
  return either(names.filter((name, index) => names.findIndex((other) => inLanguage(other, "en") === inLanguage(name, "en")) === index));
}
