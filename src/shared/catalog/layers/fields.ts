/** Fields that several layers share. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { flag } from "../../kit/schema.ts";
import { type Rank, spaceWords } from "./space.ts";

export const layerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, "must start with a letter and contain letters, digits, _ . -")
  .optional()
  .meta({ personal: true, rare: true, title: "Name", description: "Address of the layer's tensors; made from the type and a count where empty." });

export const useBias = flag({
  default: true,
  title: "Bias",
  description: "Add a learned constant to every output. Turn off in front of a normalization, which has its own.",
});

/** One number for all spatial axes, or one for each in their order. */
export type PerAxis = number | readonly number[];

/** A field of that kind. A sequence has one axis, and the field takes the number alone. */
export function perAxis(
  rank: Rank,
  options: {
    readonly default: number;
    readonly min: number;
    readonly rare?: boolean;
    readonly title: string;
    readonly description: string;
  },
) {
  const { default: fallback, min, ...meta } = options;
  const item = z.int().gte(min);
  const field = rank === 1 ? item : z.union([item, axisTuple(rank, item)]);
  return field.default(fallback).meta(meta);
}

/** ", one number or [height, width]"; nothing where there is one axis. */
export function orEachAxis(rank: Rank): string {
  return rank === 1 ? "" : `, one number or [${spaceWords[rank].axes.join(", ")}]`;
}

export function eachAxis(value: PerAxis, rank: Rank): readonly number[] {
  return spaceWords[rank].axes.map((_, axis) => (typeof value === "number" ? value : at(value, axis)));
}

/** "same" by the axis's own size, "symmetric" by the window's alone, or a number; the last two are the same on both sides. */
export type Padding = "valid" | "same" | "symmetric" | PerAxis;

/** @param description what each of "valid", "same", "symmetric" and a number does, and when to move it */
export function paddingField(rank: Rank, description: string) {
  const amount = z.int().gte(0);
  const names = [z.literal("valid"), z.literal("same"), z.literal("symmetric"), amount] as const;
  const field = rank === 1 ? z.union(names) : z.union([...names, axisTuple(rank, amount)]);
  return field.default("valid").meta({ title: "Padding", description });
}

function axisTuple(rank: 2 | 3, item: z.ZodInt): z.ZodType<number[], number[]> {
  return rank === 2 ? z.tuple([item, item]) : z.tuple([item, item, item]);
}
