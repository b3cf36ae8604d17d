/**
 * Parameter descriptions: zod schemas that also carry what a form, a search space and the reference
 * documentation need (title, help, scale, unit, search range). One description serves validation,
 * the generated form (through `z.toJSONSchema`, which copies the metadata), the command line and the docs.
 */
import { z } from "zod";
import type { Words } from "./words.ts";

// No `new Function` inside zod: the window runs under a strict content security policy.
z.config({ jitless: true });

/** Words as a file that comes with Descent holds them. */
export const wordsSchema: z.ZodType<Words> = z.strictObject({ en: z.string(), ko: z.string() });

export interface ParameterMeta {
  /** Short name shown beside the control. */
  readonly title: Words;
  /** What it does and when to move it: the text behind "?". */
  readonly description: Words;
  /** `log` where equal ratios matter (learning rates, penalties). */
  readonly scale?: "linear" | "log";
  readonly unit?: Words;
  /** The step of the control. */
  readonly step?: number;
  /** A sensible range to search, inclusive. */
  readonly search?: readonly [number, number];
  /** Kinds of samples that it means something for; all where absent. */
  readonly kinds?: readonly string[];
  /** What each of the names that the field takes is called. */
  readonly names?: Readonly<Record<string, Words>>;
  /** What applies where an optional field is left out. */
  readonly usual?: Words;
  /** Whether a form shows the fields below only where they are asked for. */
  readonly folded?: boolean;
  /** Whether few people ever move it: a form keeps it behind "more". */
  readonly rare?: boolean;
  /** Whether it is a name or a note of the person's own, for which no value is the usual one. */
  readonly personal?: boolean;
}

/** The parts of the metadata that a person reads, in one language. */
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

/** One of a few names. @param titles what each of them is called */
export function choice<const T extends string>(titles: Readonly<Record<T, Words>>, options: { readonly default: NoInfer<T> } & ParameterMeta) {
  // The default of an enum is its own output; zod's conditional type cannot see that for a generic T.
  const fallback: z.core.util.NoUndefined<T> = options.default;
  return named(titles)
    .default(fallback as never)
    .meta(metaOf(options));
}

/** The names alone, for a field that may be left out. */
export function named<const T extends string>(titles: Readonly<Record<T, Words>>) {
  return z.enum(Object.keys(titles) as T[]).meta({ names: titles });
}

/** A name that stands for something in a field that takes other values too: `"full"` in place of a number. */
export function literal<const T extends string>(name: T, title: Words) {
  return z.literal(name).meta(metaOf({ title }));
}

export function text(options: { readonly default: string } & ParameterMeta) {
  return z.string().default(options.default).meta(metaOf(options));
}

/**
 * The metadata of a field as JSON Schema carries it: `title`, `description`, `unit` and `usual` in English, which the command line, messages and the
 * reference use, and beside them `ko` with the same in Korean.
 */
export function metaOf({ title, description, unit, usual, ...rest }: Partial<ParameterMeta>): Record<string, unknown> {
  const said = Object.entries({ title, description, unit, usual }).filter((entry): entry is [string, Words] => entry[1] !== undefined);
  const inLanguage = (language: keyof Words): Said => Object.fromEntries(said.map(([key, words]) => [key, words[language]]));
  const { scale, step, search, kinds, names, folded, rare, personal } = rest;
  const meta = { ...inLanguage("en"), ko: inLanguage("ko"), scale, step, search, kinds, names, folded, rare, personal };
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined));
}
