/** Turned about the middle: a picture in its plane, a volume about each of its three axes. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { isVolume, moved, movementNumbers, movementWidth } from "./geometry.ts";

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
      "Largest angle to either side; a volume draws one for each of its three axes. 10 to 15 for pictures that stand upright; 180 where there is no up and down. Digits: at most 15, or a 6 becomes a 9.",
  }),
  outside: edgeField(),
});

export const rotate = {
  summary: "Turns about the middle by a random angle.",
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config: { angle }, shape, random }) => {
    if (angle === 0) return null;
    const about = (axis: string) => random.between(axis, -angle, angle);
    return movementNumbers({ turns: isVolume(shape) ? [about("columns"), about("rows"), about("planes")] : [0, 0, about("planes")] }, shape);
  },
  apply: (context) => moved(context, 0, context.config.outside),
  identities: [{ angle: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { angle: 180, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { angle: 30 }, shape: [1, 4, 5, 6] },
    { config: { angle: 90, outside: "border" }, shape: [2, 3, 5, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
