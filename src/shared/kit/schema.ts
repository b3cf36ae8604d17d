/**
 * Parameter descriptions: zod schemas that also carry what a form, a search space and the reference
 * documentation need (title, help, scale, unit, search range). One description serves validation,
 * the generated form (through `z.toJSONSchema`, which copies the metadata), the command line and the docs.
 */
import { z } from "zod";
import type { Text, Words } from "./words.ts";

// zod must not use `new Function`: the window has a strict content security policy.
z.config({ jitless: true });

/** Schema of texts in files that come with Descent. */
export const wordsSchema: z.ZodType<Words> = z.strictObject({ en: z.string(), ko: z.string() });

/** Schema of texts that were stored: those of earlier versions are plain strings. */
export const textSchema: z.ZodType<Text> = z.union([z.string(), wordsSchema]);

export interface ParameterMeta {
  /** Short name shown beside the control. */
  readonly title: Words;
  /** What it does and when to change it: the help text behind "?". */
  readonly description: Words;
  /** `log` where ratios matter (learning rates, penalties). */
  readonly scale?: "linear" | "log";
  readonly unit?: Words;
  /** The step of the control. */
  readonly step?: number;
  /** A sensible range to search, inclusive. */
  readonly search?: readonly [number, number];
  /** Kinds of samples to which it applies; all where absent. */
  readonly kinds?: readonly string[];
  /** Titles of the names that the field accepts. */
  readonly names?: Readonly<Record<string, Words>>;
  /** What the regular expression of a text asks for: "must be …". */
  readonly rule?: Words;
  /** The value that applies where an optional field is left out. */
  readonly usual?: Words;
  /** Whether a form shows the fields inside only on request. */
  readonly folded?: boolean;
  /** Whether it is rarely changed: a form keeps it behind "more". */
  readonly rare?: boolean;
  /** Whether it is the user's own name or note, which has no usual value. */
  readonly personal?: boolean;
}

/** The texts of the metadata, in one language. */
type Said = Partial<Record<"title" | "description" | "unit" | "usual", string>>;

export interface NumberRange {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be less than this. */
  readonly below?: number;
}

function ranged(base: z.ZodNumber, range: NumberRange): z.ZodNumber {
  let schema = base;
  if (range.min !== undefined) schema = schema.gte(range.min);
  if (range.max !== undefined) schema = schema.lte(range.max);
  if (range.above !== undefined) schema = schema.gt(range.above);
  if (range.below !== undefined) schema = schema.lt(range.below);
  return schema;
}

/** A finite real number. */
export function real(range: NumberRange & ParameterMeta) {
  return ranged(z.number(), range).default(range.default).meta(metaOf(range));
}

/** A whole number. */
export function integer(range: NumberRange & ParameterMeta) {
  return ranged(z.int(), range).default(range.default).meta(metaOf(range));
}

export function flag(options: { readonly default: boolean } & ParameterMeta) {
  return z.boolean().default(options.default).meta(metaOf(options));
}

/** One of several names. @param titles the title of each name */
export function choice<const T extends string>(titles: Readonly<Record<T, Words>>, options: { readonly default: NoInfer<T> } & ParameterMeta) {
  // The default of an enum is its own output; zod's conditional type cannot see that for a generic T.
  const fallback: z.core.util.NoUndefined<T> = options.default;
  return named(titles)
    .default(fallback as never)
    .meta(metaOf(options));
}

/** The names without a default, for an optional field. */
export function named<const T extends string>(titles: Readonly<Record<T, Words>>) {
  return z.enum(Object.keys(titles) as T[]).meta({ names: titles });
}

/** A name in a field that also accepts other values: `"full"` instead of a number. */
export function literal<const T extends string>(name: T, title: Words) {
  return z.literal(name).meta(metaOf({ title }));
}

export function text(options: { readonly default: string } & ParameterMeta) {
  return z.string().default(options.default).meta(metaOf(options));
}

/**
 * The metadata of a field in its JSON Schema: `title`, `description`, `unit` and `usual` in English for the command line, messages and the
 * reference, and the same texts in Korean under `ko`.
 */
export function metaOf({ title, description, unit, usual, ...rest }: Partial<ParameterMeta>): Record<string, unknown> {
  const said = Object.entries({ title, description, unit, usual }).filter((entry): entry is [string, Words] => entry[1] !== undefined);
  const inLanguage = (language: keyof Words): Said => Object.fromEntries(said.map(([key, words]) => [key, words[language]]));
  const { scale, step, search, kinds, names, rule, folded, rare, personal } = rest;
  const meta = { ...inLanguage("en"), ko: inLanguage("ko"), scale, step, search, kinds, names, rule, folded, rare, personal };
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined));
}
