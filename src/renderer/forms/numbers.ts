/** How a number field reads typed text, and the size of one step. */
import type { FieldSchema } from "../../shared/recipe/fields.ts";

/** A number if the text is one, undefined if it is empty, and otherwise the text itself, which the check reports. */
export function readNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}

/** The schema of a number, also if a name may replace it (a batch size, or "full"); null for any other schema. */
export function numberOf(schema: FieldSchema): FieldSchema | null {
  if (schema.type === "number" || schema.type === "integer") return schema;
  const options = schema.anyOf ?? [];
  const [number, ...others] = options.filter((option) => option.type === "number" || option.type === "integer");
  if (number === undefined || others.length > 0 || !options.every((option) => option === number || option.const !== undefined)) return null;
  return { ...schema, ...number };
}

/**
 * The value one step up or down. On a logarithmic scale integers double and halve, and real numbers go 1, 3, 10, 30 …;
 * on a linear scale a step is the schema's, or 1, or 0.01. The result stays within the limits.
 */
export function stepped(value: number, direction: 1 | -1, schema: FieldSchema, large = false): number {
  const next = schema.scale === "log" ? logStep(value, direction, schema, large) : value + direction * linearStep(schema) * (large ? 10 : 1);
  const clean = Number(next.toPrecision(12));
  const low = schema.minimum ?? Number.NEGATIVE_INFINITY;
  const high = schema.maximum ?? Number.POSITIVE_INFINITY;
  if (schema.exclusiveMinimum !== undefined && clean <= schema.exclusiveMinimum) return value;
  if (schema.exclusiveMaximum !== undefined && clean >= schema.exclusiveMaximum) return value;
  return Math.min(high, Math.max(low, clean));
}

function linearStep(schema: FieldSchema): number {
  return schema.step ?? (schema.type === "integer" ? 1 : 0.01);
}

function logStep(value: number, direction: 1 | -1, schema: FieldSchema, large: boolean): number {
  if (value <= 0) return schema.search?.[0] ?? schema.minimum ?? (schema.type === "integer" ? 1 : 1e-6);
  if (schema.type === "integer") {
    const factor = large ? 8 : 2;
    return direction > 0 ? value * factor : Math.max(1, Math.floor(value / factor));
  }
  if (large) return direction > 0 ? value * 10 : value / 10;
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const ladder = [exponent - 1, exponent, exponent + 1].flatMap((power) => [10 ** power, 3 * 10 ** power]);
  const near = 1e-6 * value;
  const next = direction > 0 ? ladder.find((rung) => rung > value + near) : ladder.findLast((rung) => rung < value - near);
  return next ?? value * (direction > 0 ? 10 : 0.1);
}

/** Reads `same`, `3` or `3, 5` (also `3×5` and `[3, 5]`) for a field that takes a name, a number or a list of numbers. */
export function readMixed(text: string, schema: FieldSchema): unknown {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (namesOf(schema).includes(trimmed)) return trimmed;
  const items = trimmed
    .replace(/^[[(]\s*|\s*[\])]$/g, "")
    .split(/\s*[,x×]\s*/)
    .map(Number);
  if (items.length > 1 && items.every(Number.isFinite)) return items;
  return readNumber(trimmed);
}

export function showMixed(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(showMixed).join(", ");
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** The first number after a name was chosen: the default, or the smallest sensible one. */
export function firstNumber(schema: FieldSchema): number {
  if (typeof schema.default === "number") return schema.default;
  const number = (schema.anyOf ?? schema.oneOf ?? []).find((option) => option.type === "number" || option.type === "integer");
  return schema.search?.[0] ?? Math.max(1, number?.minimum ?? 1);
}

/** The names that a field accepts besides other values: `valid` and `same` of a padding. */
export function namesOf(schema: FieldSchema): readonly string[] {
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap((option) =>
    [option.const, ...(option.enum ?? [])].filter((name): name is string => typeof name === "string"),
  );
}

/** Items separated by commas, each a number if the list holds numbers. */
export function readList(text: string, schema: FieldSchema): unknown {
  const trimmed = text.trim().replace(/^\[|\]$/g, "");
  if (trimmed === "") return undefined;
  const items = trimmed.split(",").map((item) => item.trim());
  // A tuple has one schema per item.
  const item = schema.prefixItems?.[0] ?? schema.items;
  const numeric = item?.type === "integer" || item?.type === "number";
  return numeric ? items.map((item) => readNumber(item) ?? item) : items;
}
