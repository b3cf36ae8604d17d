/** Bands of a spectrogram that are silent (SpecAugment: Park et al. 2019, arXiv:1904.08779). */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { applyMasks, drawMasks } from "./masks.ts";

const schema = z.strictObject({
  type: z.literal("frequencyMask"),
  probability: probabilityField(),
  masks: integer({ default: 1, min: 1, max: 8, title: "Masks", description: "How many bands are hidden in every sample." }),
  share: real({
    default: 0.15,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0, 0.4],
    title: "Width",
    description: "Widest band, as a share of all bands. For spectrograms, whose rows are frequencies.",
  }),
});

export const frequencyMask = {
  summary: "Hides bands of a spectrogram: rows of a picture.",
  source: "Park et al. 2019, arXiv:1904.08779",
  kinds: ["image"],
  schema,
  structure: ["masks"],
  width: ({ masks }) => 2 * masks,
  draw: (context) => drawMasks(context, context.shape.at(-2) ?? 1),
  apply: (context) => applyMasks(context, -2),
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 16, 6] },
    { config: { masks: 3, share: 0.6 }, shape: [2, 9, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
