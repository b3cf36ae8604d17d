/**
 * Parameter descriptions: zod schemas that also carry what a form, a search space and the reference
 * documentation need (label, help, scale, unit, search range). One description serves validation,
 * the generated form (through `z.toJSONSchema`, which copies the metadata), the command line and the docs.
 */
import { z } from "zod";

// No `new Function` inside zod: the window runs under a strict content security policy.
z.config({ jitless: true });

export interface ParameterMeta {
  /** Short name shown beside the control; the field's name where absent. */
  readonly title?: string;
  /** What it does and when to move it: the text behind "?". */
  readonly description: string;
  /** `log` where equal ratios matter (learning rates, penalties). */
  readonly scale?: "linear" | "log";
  readonly unit?: string;
  /** The step of the control. */
  readonly step?: number;
  /** A sensible range to search, inclusive. */
  readonly search?: readonly [number, number];
  /** Kinds of samples that it means something for; all where absent. */
  readonly kinds?: readonly string[];
}

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

/** One of a few names. */
export function choice<const T extends string>(names: readonly [T, ...T[]], options: { readonly default: NoInfer<T> } & ParameterMeta) {
  // The default of an enum is its own output; zod's conditional type cannot see that for a generic T.
  const fallback: z.core.util.NoUndefined<T> = options.default;
  return z
    .enum(names)
    .default(fallback as never)
    .meta(metaOf(options));
}

export function text(options: { readonly default: string } & ParameterMeta) {
  return z.string().default(options.default).meta(metaOf(options));
}

function metaOf(options: ParameterMeta): Record<string, unknown> {
  const { title, description, scale, unit, step, search, kinds } = options;
  const meta = { title, description, scale, unit, step, search, kinds };
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined));
}
