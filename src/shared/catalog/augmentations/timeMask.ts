/** Stretches of time that are silent (SpecAugment: Park et al. 2019, arXiv:1904.08779). */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { applyMasks, drawMasks } from "./masks.ts";

const schema = z.strictObject({
  type: z.literal("timeMask"),
  probability: probabilityField(),
  masks: integer({ default: 1, min: 1, max: 8, title: "Masks", description: "How many stretches are hidden in every sample." }),
  share: real({
    default: 0.15,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0, 0.4],
    title: "Length",
    description: "Longest stretch, as a share of the length. The network must then tell the class from what is left.",
  }),
});

export const timeMask = {
  summary: "Hides stretches of time: of a signal, or of a spectrogram's columns.",
  source: "Park et al. 2019, arXiv:1904.08779",
  kinds: ["signal", "image"],
  schema,
  structure: ["masks"],
  width: ({ masks }) => 2 * masks,
  draw: (context) => drawMasks(context, context.shape.at(-1) ?? 1),
  apply: (context) => applyMasks(context, -1),
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 24] },
    { config: { masks: 3, share: 0.5 }, shape: [2, 15] },
    { config: { masks: 2 }, shape: [1, 6, 20] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
