/** A signal made louder or softer: x' = x · 10^(g/20). */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("gain"),
  probability: probabilityField(),
  decibels: real({
    default: 6,
    min: 0,
    max: 40,
    step: 0.5,
    search: [0, 12],
    unit: "dB",
    title: "Gain",
    description: "Largest change of loudness to either side; 6 dB is half or twice the amplitude. Raise it where distances to the source vary.",
  }),
});

export const gain = {
  summary: "Makes a signal louder or softer, so that loudness says nothing.",
  kinds: ["signal"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { decibels }, random }) => (decibels === 0 ? null : [10 ** (random.between("gain", -decibels, decibels) / 20)]),
  apply: ({ x, number }) => mul(x, number(0)),
  identities: [{ decibels: 0 }],
  samples: [
    { config: {}, shape: [1, 16] },
    { config: { decibels: 20 }, shape: [2, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
