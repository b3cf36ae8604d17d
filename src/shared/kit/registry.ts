/** A catalog folder's index is a plain object of its entries; its keys give the literal union type. */
import type { z } from "zod";

interface Entry {
  readonly schema: z.ZodObject;
}

/** The schemas of a registry as the non-empty list a discriminated union asks for. */
export function schemasOf<R extends Record<string, Entry>>(registry: R): [R[keyof R]["schema"], ...R[keyof R]["schema"][]] {
  const [first, ...rest] = Object.values(registry).map((entry) => entry.schema) as R[keyof R]["schema"][];
  if (first === undefined) throw new Error("internal: a registry without entries");
  return [first, ...rest];
}
