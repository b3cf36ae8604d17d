/** The index of a catalog folder is a plain object of its entries; its keys give the literal union type. */
import type { z } from "zod";
import { metaOf } from "./schema.ts";
import type { Words } from "./words.ts";

interface Entry {
  readonly schema: z.ZodObject;
  readonly title: Words;
  readonly summary?: Words;
}

/** The schemas of a registry as the non-empty list that a discriminated union needs, each with the title and the summary of its entry. */
export function schemasOf<R extends Record<string, Entry>>(registry: R): [R[keyof R]["schema"], ...R[keyof R]["schema"][]] {
  const schemas = Object.values(registry).map(({ schema, title, summary }) =>
    schema.meta(metaOf(summary === undefined ? { title } : { title, description: summary })),
  ) as R[keyof R]["schema"][];
  const [first, ...rest] = schemas;
  if (first === undefined) throw new Error("internal: a registry without entries");
  return [first, ...rest];
}

/** The titles of the entries of a registry, by name. */
export function titlesOf<R extends Record<string, Pick<Entry, "title">>>(registry: R): Readonly<Record<keyof R, Words>> {
  return Object.fromEntries(Object.entries(registry).map(([name, { title }]) => [name, title])) as Record<keyof R, Words>;
}
