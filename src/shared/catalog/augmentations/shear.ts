/** Slanted: rows shifted in proportion to their height, columns in proportion to their place. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { seen, slantedBack } from "./plain/space.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";

const schema = z.strictObject({
  type: z.literal("shear"),
  probability: probabilityField(),
  horizontal: real({
    default: 10,
    min: 0,
    max: 60,
    step: 1,
    search: [0, 25],
    unit: "°",
    title: "Horizontal",
    description: "Largest slant of upright lines to either side, as in italic writing. Good for handwriting.",
  }),
  vertical: real({
    default: 0,
    min: 0,
    // Below 45° each way, so that the picture never collapses into a line.
    max: 25,
    step: 1,
    search: [0, 20],
    unit: "°",
    title: "Vertical",
    description: "Largest slant of level lines up or down.",
  }),
  outside: edgeField(),
});

export const shear = {
  summary: "Slants to the side and up or down, about the middle.",
  kinds: ["image"],
  schema,
  structure: ["outside"],
  width: () => MAP_WIDTH,
  draw: ({ config: { horizontal, vertical }, shape, random }) =>
    horizontal === 0 && vertical === 0
      ? null
      : mapNumbers(mapOf({ shearX: random.between("horizontal", -horizontal, horizontal), shearY: random.between("vertical", -vertical, vertical) }), shape),
  apply: (context) => moveInPlane(context, 0, context.config.outside),
  expected: ({ sample, config: { horizontal, vertical, outside }, random }) =>
    seen(
      sample,
      (offset) => slantedBack(offset, random.between("horizontal", -horizontal, horizontal), random.between("vertical", -vertical, vertical)),
      outside,
    ),
  identities: [{ horizontal: 0, vertical: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { horizontal: 45, vertical: 20, outside: "border" }, shape: [3, 6, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
