/** A few operations in a row, each drawn from fourteen, all at one strength (Cubuk et al. 2020); ranges and list as in torchvision's RandAugment. */
import { z } from "zod";
import type { Value } from "../../graph/value.ts";
import { integer, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { operated } from "./plain/policy.ts";
import { applySlot, drawSlot, type PolicyRanges, SLOT_WIDTH, slotNumbers } from "./policy.ts";

const schema = z.strictObject({
  type: z.literal("randAugment"),
  probability: probabilityField(),
  operations: integer({
    default: 2,
    min: 0,
    max: 5,
    search: [1, 3],
    title: "Operations",
    description:
      "How many operations come one after the other. 1 or 2 for small pictures, 2 or 3 for large ones. 0: nothing. Another value builds the program anew.",
  }),
  magnitude: real({
    default: 9,
    min: 0,
    max: 30,
    step: 1,
    search: [2, 15],
    title: "Magnitude",
    description:
      "Strength of all operations, of 30. 5 to 9 for small pictures and small networks, up to 15 and more for large ones. The first thing to search.",
  }),
});

const MOST = 30;

/** At magnitude 30. A shift is by 150 of 331 pixels. */
export const randAugmentRanges: PolicyRanges = { shear: 0.3, translate: (size) => (150 / 331) * size, rotate: 30, enhance: 0.9, bits: 4 };

export const randAugment = {
  summary: "A whole policy with two sliders: draws a few of fourteen operations for every sample, all at one strength.",
  source: "Cubuk et al. 2020, arXiv:1909.13719",
  kinds: ["image"],
  schema,
  structure: ["operations"],
  width: ({ operations }) => operations * SLOT_WIDTH,
  draw: ({ config: { operations, magnitude }, shape, random }) => {
    const slots = Array.from({ length: operations }, (_, i) => drawSlot(random.of(`${i}`), magnitude / MOST, randAugmentRanges, shape));
    if (slots.every((slot) => slot === null)) return null;
    return slots.flatMap((slot) => slot ?? slotNumbers("identity", 0, randAugmentRanges, shape));
  },
  apply: (context) =>
    Array.from({ length: context.config.operations }, (_, i) => i * SLOT_WIDTH).reduce<Value>((x, first) => applySlot({ ...context, x }, first), context.x),
  expected: ({ sample, config: { operations, magnitude }, random }) =>
    Array.from({ length: operations }, (_, i) => random.of(String(i))).reduce<typeof sample>(
      (so, own) => operated(so, own, magnitude / 30, { slant: 0.3, shift: (size) => (size * 150) / 331, degrees: 30, factor: 0.9, bits: 4 }),
      sample,
    ),
  identities: [{ operations: 0 }],
  samples: [
    { config: {}, shape: [1, 16, 17] },
    { config: { operations: 3, magnitude: 20 }, shape: [3, 18, 16] },
    { config: { operations: 1, magnitude: 30 }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
