/** A generator of random choices that a seed decides, and values of any field drawn by what its schema says. */
import { hashName, mix32, RandomStream } from "../../../src/shared/math/random.ts";
import { type FieldSchema, typesOf } from "../../../src/shared/recipe/fields.ts";

export class Chance {
  readonly #stream: RandomStream;
  #count = 0;

  constructor(seed: number) {
    this.#stream = new RandomStream(seed, "random recipe");
  }

  uniform(): number {
    return this.#stream.uniform(this.#count++);
  }

  /** A whole number from 0 to below. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  happens(share: number): boolean {
    return this.uniform() < share;
  }

  /**
   * The item with the highest of the hashes that a draw gives all of them. So one more entry of the catalog leaves every recipe as it was but those in
   * which it is chosen itself.
   */
  pick<T>(from: readonly T[]): T {
    const key = Math.floor(this.uniform() * 2 ** 32);
    const hashes = from.map((item) => mix32(key ^ mix32(hashName(typeof item === "string" ? item : JSON.stringify(item)))));
    const chosen = from[hashes.indexOf(Math.max(...hashes))];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  }

  /** Some of a list, at most so many, in its order. */
  some<T>(from: readonly T[], most: number): readonly T[] {
    const wanted = this.below(Math.min(most, from.length) + 1);
    const marked = from.map((item) => ({ item, by: this.uniform() }));
    const taken = new Set([...marked].sort((a, b) => a.by - b.by).slice(0, wanted));
    return marked.filter((each) => taken.has(each)).map(({ item }) => item);
  }
}

export interface FieldRules {
  /** Whole numbers are at most this, and the number of items of a list: what is wide is slow and no more general. */
  readonly most: number;
  /** Draws a field by its path within the object instead; undefined leaves it to the schema. */
  readonly own?: (field: string, schema: FieldSchema) => { readonly value: unknown } | undefined;
}

/** Share of the fields that stay at their default. */
const DEFAULTS = 0.35;
/** Share of the numbers that are the smallest that is allowed. */
const EDGES = 0.08;

/** A value that a schema allows. Numbers come from the range that is searched, where there is one. */
export function drawField(schema: FieldSchema, chance: Chance, rules: FieldRules): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return drawField(chance.pick(alternatives), chance, rules);
  switch (schema.type) {
    case "boolean":
      return chance.happens(0.5);
    case "integer":
    case "number":
      return drawNumber(schema, chance, rules);
    case "string":
      return schema.default ?? "";
    case "array":
      return drawList(schema, chance, rules);
    case "object":
      return drawObject(schema, chance, rules);
    default:
      throw new Error(`no value can be drawn of ${JSON.stringify(schema)}`);
  }
}

function drawNumber(
  { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, search, scale, default: standard }: FieldSchema,
  chance: Chance,
  { most }: FieldRules,
): number {
  if (minimum !== undefined && chance.happens(EDGES)) return minimum;
  const whole = type === "integer";
  // Without a range to search: about the default, where it is known.
  const about = typeof standard === "number" ? standard : 0;
  let low = search?.[0] ?? Math.max(minimum ?? exclusiveMinimum ?? 0, about - 1);
  let high = search?.[1] ?? Math.min(maximum ?? exclusiveMaximum ?? Number.POSITIVE_INFINITY, typeof standard === "number" && standard > 0 ? 2 * standard : 1);
  if (whole) {
    low = Math.max(minimum ?? 0, Math.min(low, 1));
    high = Math.max(low, Math.min(high, most));
    return chance.between(Math.ceil(low), Math.floor(high));
  }
  const at = chance.uniform();
  const value = scale === "log" && low > 0 ? low * (high / low) ** at : low + (high - low) * at;
  // A number as a person writes it: three digits.
  const written = Number(value.toPrecision(3));
  const inside = (exclusiveMinimum === undefined || written > exclusiveMinimum) && (exclusiveMaximum === undefined || written < exclusiveMaximum);
  return inside ? written : typeof standard === "number" ? standard : value;
}

function drawList({ items, prefixItems }: FieldSchema, chance: Chance, rules: FieldRules): unknown {
  if (prefixItems !== undefined) return prefixItems.map((item) => drawField(item, chance, rules));
  if (items === undefined) return [];
  return Array.from({ length: chance.between(1, Math.min(3, rules.most)) }, () => drawField(items, chance, rules));
}

function drawObject({ properties = {}, required = [] }: FieldSchema, chance: Chance, rules: FieldRules): Record<string, unknown> {
  const drawn: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(properties)) {
    const own = rules.own?.(field, schema);
    if (own !== undefined) {
      if (own.value !== undefined) drawn[field] = own.value;
      continue;
    }
    // A name is not what is tested.
    if (field === "name") continue;
    if (schema.const === undefined && !required.includes(field) && chance.happens(DEFAULTS)) continue;
    drawn[field] = drawField(schema, chance, rules);
  }
  return drawn;
}

/** The alternative of a union of a type. */
export function alternativeOf(schema: FieldSchema, type: string): FieldSchema {
  const found = (schema.oneOf ?? schema.anyOf ?? []).find((alternative) => alternative.properties?.type?.const === type);
  if (found === undefined) throw new Error(`no ${type} among ${typesOf(schema).join(", ")}`);
  return found;
}
