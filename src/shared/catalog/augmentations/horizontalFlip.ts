/** A picture or volume mirrored left to right. */
import { z } from "zod";
import { slice } from "../../graph/functions.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("horizontalFlip"), probability: probabilityField(0.5) });

export const horizontalFlip = {
  summary: "Mirrors left to right. Not for digits and letters, whose mirror images are no digits and letters.",
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape }) => slice(x, [-1], [-1 - (shape.at(-1) ?? 1)], [shape.length], [-1]),
  identities: [],
  samples: [
    { config: {}, shape: [1, 4, 5] },
    { config: {}, shape: [2, 2, 3, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
