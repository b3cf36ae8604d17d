/** Turned, moved, brought nearer and slanted at once, with one resampling. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { seen, shiftedBack, slantedBack, turnedBack } from "./plain/space.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";

const schema = z.strictObject({
  type: z.literal("affine"),
  probability: probabilityField(),
  rotate: real({
    default: 10,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: "°",
    title: "Rotation",
    description: "Largest angle to either side. 10 to 15 for pictures that stand upright; 180 where there is no up and down, as in microscopy.",
  }),
  translate: real({
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.01,
    search: [0, 0.25],
    title: "Translation",
    description: "Largest shift along each axis, as a share of the picture's size. Raise it where objects are not centred.",
  }),
  scale: real({
    default: 0.1,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0, 0.4],
    title: "Zoom",
    description: "Largest change of size: 0.1 makes things up to a tenth smaller or larger. Raise it where distances vary.",
  }),
  shear: real({
    default: 0,
    min: 0,
    // Below 45° along both axes at once, where the picture would collapse into a line.
    max: 40,
    step: 1,
    search: [0, 20],
    unit: "°",
    title: "Shear",
    description: "Largest slant along each axis. A few degrees suit handwriting.",
  }),
  outside: edgeField(),
});

export const affine = {
  summary: "Turns, moves, zooms and slants at once, in one resampling: blurs less than one after the other.",
  kinds: ["image"],
  schema,
  structure: ["outside"],
  width: () => MAP_WIDTH,
  draw: ({ config: { rotate, translate, scale, shear }, shape, random }) => {
    if (rotate === 0 && translate === 0 && scale === 0 && shear === 0) return null;
    return mapNumbers(
      mapOf({
        rotate: random.between("rotate", -rotate, rotate),
        right: random.between("right", -translate, translate) * (shape.at(-1) ?? 1),
        down: random.between("down", -translate, translate) * (shape.at(-2) ?? 1),
        // As often larger as smaller.
        zoom: (1 + scale) ** random.between("zoom", -1, 1),
        shearX: random.between("shearX", -shear, shear),
        shearY: random.between("shearY", -shear, shear),
      }),
      shape,
    );
  },
  apply: (context) => moveInPlane(context, 0, context.config.outside),
  expected: ({ sample, config, random }) => {
    const [height = 1, width = 1] = sample.space;
    const drawn = (name: string, most: number) => random.between(name, -most, most);
    const by = [drawn("right", config.translate) * width, drawn("down", config.translate) * height];
    const zoom = Math.exp(drawn("zoom", Math.log(1 + config.scale)));
    return seen(
      sample,
      (offset) => {
        const near = shiftedBack(offset, by).map((each) => each / zoom);
        return slantedBack(turnedBack(near, 0, 1, drawn("rotate", config.rotate)), drawn("shearX", config.shear), drawn("shearY", config.shear));
      },
      config.outside,
    );
  },
  identities: [{ rotate: 0, translate: 0, scale: 0, shear: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { rotate: 180, translate: 0.5, scale: 0.5, shear: 30, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { outside: "border" }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
