/** A volume mirrored front to back. */
import { z } from "zod";
import { slice } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("depthFlip"), probability: probabilityField(0.5) });

export const depthFlip = {
  summary: "Mirrors front to back, plane by plane. Not where the order of the planes means something, as in video.",
  kinds: ["volume"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape }) => slice(x, [-1], [-1 - (shape.at(-3) ?? 1)], [shape.length - 2], [-1]),
  expected: ({ sample }) => sample.moved(([plane = 0, ...rest]) => [at(sample.shape, 1) - 1 - plane, ...rest], "border"),
  identities: [],
  samples: [
    { config: {}, shape: [1, 3, 4, 5] },
    { config: {}, shape: [2, 2, 3, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
