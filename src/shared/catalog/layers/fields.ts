/** Fields that several layers share. */
import { z } from "zod";
import { flag } from "../../kit/schema.ts";

export const layerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, "must start with a letter and contain letters, digits, _ . -")
  .optional()
  .meta({ title: "Name", description: "Address of the layer's tensors; made from the type and a count where empty." });

export const useBias = flag({
  default: true,
  title: "Bias",
  description: "Add a learned constant to every output. Turn off in front of a normalization, which has its own.",
});

/** One number for both directions, or [height, width]. */
export function pair(options: { readonly default: number; readonly min: number; readonly title: string; readonly description: string }) {
  const item = z.int().gte(options.min);
  return z
    .union([item, z.tuple([item, item])])
    .default(options.default)
    .meta({ title: options.title, description: options.description });
}

export type Pair = number | readonly [number, number];

export function bothOf(value: Pair): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}

export const paddingField = z
  .union([z.literal("valid"), z.literal("same"), z.int().gte(0), z.tuple([z.int().gte(0), z.int().gte(0)])])
  .default("valid")
  .meta({
    title: "Padding",
    description:
      '"valid" adds nothing, "same" adds zeros so that stride 1 keeps the size, a number adds that many zeros on every side. Use "same" to stack many layers without shrinking the image.',
  });

export type Padding = "valid" | "same" | Pair;
