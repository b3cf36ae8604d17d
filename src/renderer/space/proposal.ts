/** The range that a ticked field begins with, from its schema: its search range and scale, its choices; and around the present value where it has none. */
import type { Value } from "../../shared/catalog/samplers/space.ts";
import { type FieldSchema, typesOf } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";
import { numberOf } from "../forms/numbers.ts";

type Range<P = Parameter> = P extends Parameter ? Omit<P, "name" | "paths" | "when"> : never;

/** Null for a field that has neither a range nor choices. */
export function proposed(schema: FieldSchema, value: unknown): Range | null {
  const types = typesOf(schema);
  if (types.length > 1) return choiceOf(usualOf(types, value));
  if (schema.enum !== undefined) return schema.enum.length > 1 ? choiceOf(schema.enum) : null;
  if (schema.type === "boolean") return choiceOf([true, false]);
  const number = numberOf(schema);
  if (number === null) return null;
  const present = typeof value === "number" ? value : typeof number.default === "number" ? number.default : null;
  if (number.search === undefined && present === null) return null;
  const [low, high] = number.search ?? aroundOf(number, present ?? 0);
  const log = number.scale === "log" && low > 0;
  const [min, max] = present === null ? [low, high] : [Math.min(low, log && present <= 0 ? low : present), Math.max(high, present)];
  return number.type === "integer"
    ? { type: "integer", min: Math.ceil(min), max: Math.floor(max), log, step: log ? 1 : (number.step ?? 1), sets: "value" }
    : { type: "float", min, max, log };
}

/** Of many types only a few begin as choices: the present one, and those that people compare first. */
const FIRST_COMPARED = ["sgd", "momentum", "adam", "adamW", "constant", "cosine"];
const FEW = 4;

function usualOf(types: readonly string[], present: unknown): readonly string[] {
  if (types.length <= FEW) return types;
  const usual = types.filter((type) => type === present || FIRST_COMPARED.includes(type));
  return usual.length > 1 ? usual : types.slice(0, FEW);
}

function choiceOf(values: readonly Value[]): Range {
  return { type: "choice", values: [...values], sets: "value" };
}

/** From half of the value to its double, inside the limits of the field. */
function aroundOf(schema: FieldSchema, value: number): readonly [number, number] {
  const low = schema.minimum ?? Number.NEGATIVE_INFINITY;
  const high = schema.maximum ?? Number.POSITIVE_INFINITY;
  const ends = value === 0 ? [0, 1] : [value / 2, value * 2].toSorted((a, b) => a - b);
  return [Math.max(low, ends[0] ?? 0), Math.min(high, ends[1] ?? 1)];
}
