/** Brought nearer or moved away, about the middle. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen } from "./plain/space.ts";

const schema = z.strictObject({
  type: z.literal("scale"),
  probability: probabilityField(),
  smallest: real({
    default: 0.8,
    min: 0.1,
    max: 1,
    step: 0.05,
    search: [0.5, 1],
    scale: "log",
    unit: "×",
    title: "Smallest",
    description: "Smallest zoom: at 0.5 things appear half as large, with what is outside around them. 1: never smaller.",
  }),
  largest: real({
    default: 1.25,
    min: 1,
    max: 10,
    step: 0.05,
    search: [1, 2],
    scale: "log",
    unit: "×",
    title: "Largest",
    description: "Largest zoom: at 2 the middle half fills the picture. Raise it where distances to the camera vary. 1: never larger.",
  }),
  outside: edgeField(),
});

export const scale = {
  summary: "Makes things smaller or larger, equal ratios as likely as each other.",
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config: { smallest, largest }, shape, random }) =>
    smallest === 1 && largest === 1 ? null : movementNumbers({ zoom: smallest * (largest / smallest) ** random.uniform("zoom") }, shape),
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { smallest, largest, outside }, random }) => {
    const zoom = Math.exp(random.between("zoom", Math.log(smallest), Math.log(largest)));
    return seen(sample, (offset) => offset.map((each) => each / zoom), outside);
  },
  identities: [{ smallest: 1, largest: 1 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { smallest: 0.3, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { largest: 3 }, shape: [1, 4, 5, 6] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
