/** Moved along its axes, by parts of a pixel as well. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { isVolume, moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen, shiftedBack } from "./plain/space.ts";

const share = (title: string, description: string) => real({ default: 0.1, min: 0, max: 1, step: 0.01, search: [0, 0.25], title, description });

const schema = z.strictObject({
  type: z.literal("translate"),
  probability: probabilityField(),
  horizontal: share("Horizontal", "Largest shift to the left or right, as a share of the width. Raise it where objects are not centred."),
  vertical: share("Vertical", "Largest shift up or down, as a share of the height."),
  depth: share("Depth", "Largest shift of a volume to the front or back, as a share of its depth. Means nothing for a picture."),
  outside: edgeField(),
});

export const translate = {
  summary: "Moves up, down and to the sides: the network learns that it does not matter where something stands.",
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config: { horizontal, vertical, depth }, shape, random }) => {
    const volume = isVolume(shape);
    if (horizontal === 0 && vertical === 0 && (depth === 0 || !volume)) return null;
    const along = (name: string, largest: number, axis: number) => random.between(name, -largest, largest) * (shape.at(axis) ?? 1);
    return movementNumbers({ shift: [along("horizontal", horizontal, -1), along("vertical", vertical, -2), volume ? along("depth", depth, -3) : 0] }, shape);
  },
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { horizontal, vertical, depth, outside }, random }) => {
    const [width = 1, height = 1, planes = 1] = sample.space.toReversed();
    const drawn = (name: string, most: number, size: number) => random.between(name, -most, most) * size;
    const by = [drawn("horizontal", horizontal, width), drawn("vertical", vertical, height), drawn("depth", depth, planes)];
    return seen(sample, (offset) => shiftedBack(offset, by), outside);
  },
  identities: [{ horizontal: 0, vertical: 0, depth: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { horizontal: 0.5, vertical: 0, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { depth: 0.3 }, shape: [1, 4, 5, 6] },
    { config: { horizontal: 0, vertical: 0, depth: 1, outside: "border" }, shape: [2, 3, 5, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
