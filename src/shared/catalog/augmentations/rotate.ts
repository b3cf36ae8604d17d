/** Turned about the middle: a picture in its plane, a volume about each of its three axes. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { isVolume, moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen, turnedBack } from "./plain/space.ts";

const schema = z.strictObject({
  type: z.literal("rotate"),
  probability: probabilityField(),
  angle: real({
    default: 15,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: "°",
    title: "Angle",
    description:
      "Largest angle to either side, of a volume that of every plane in itself. 10 to 15 for pictures that stand upright; 180 where there is no up and down. Digits: at most 15, or a 6 becomes a 9.",
  }),
  tilt: real({
    default: 15,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: "°",
    kinds: ["volume"],
    title: "Tilt",
    description:
      "Largest angle of a volume about its rows' and its columns' axis, each drawn by itself. 0 where planes are farther apart than pixels, as in most scans: tilted, they would be distorted. Means nothing for a picture.",
  }),
  outside: edgeField(),
});

export const rotate = {
  summary: "Turns about the middle by a random angle.",
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config, shape, random }) => {
    const { angle } = config;
    const tilt = isVolume(shape) ? config.tilt : 0;
    if (angle === 0 && tilt === 0) return null;
    const about = (axis: string, largest: number) => random.between(axis, -largest, largest);
    return movementNumbers({ turns: [about("columns", tilt), about("rows", tilt), about("planes", angle)] }, shape);
  },
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { angle, tilt, outside }, random }) => {
    const degrees = (name: string, most: number) => random.between(name, -most, most);
    return seen(
      sample,
      (offset) => {
        const flat = turnedBack(offset, 0, 1, degrees("planes", angle));
        if (offset.length === 2) return flat;
        return turnedBack(turnedBack(flat, 0, 2, -degrees("rows", tilt)), 1, 2, -degrees("columns", tilt));
      },
      outside,
    );
  },
  identities: [{ angle: 0, tilt: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { angle: 180, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { angle: 30, tilt: 0 }, shape: [1, 4, 5, 6] },
    { config: { angle: 90, tilt: 90, outside: "border" }, shape: [2, 3, 5, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
