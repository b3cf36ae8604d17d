/** Time masking of SpecAugment (Park et al. 2019): short stretches of time are hidden, in a signal or along the last axis of a spectrogram. */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { drawMasks, fillField, MASK_WIDTH, masked, masksField, shareField } from "./masks.ts";
import { hidden } from "./plain/masks.ts";
import { lengthOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeMask"),
  probability: probabilityField(),
  masks: masksField("time"),
  share: shareField(
    0.1,
    "Longest mask, as a share of the length; each draws its own length from 0 up to this. Too long, and what the class is known by is hidden.",
  ),
  fill: fillField(),
});

export const timeMask = {
  summary: "Hides short stretches of time, of all channels and bands: the network must not rest on one moment.",
  source: "Park et al. 2019, arXiv:1904.08779",
  kinds: ["signal", "image"],
  schema,
  structure: ["masks", "fill"],
  width: ({ masks }) => MASK_WIDTH * masks,
  draw: ({ config, shape, random }) => drawMasks(config, lengthOf(shape), random),
  apply: (context) => masked(context, -1),
  expected: ({ sample, config, random }) => hidden(sample, sample.shape.length - 1, config, random),
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 30] },
    { config: { masks: 1, share: 0.6, fill: "mean" }, shape: [3, 13] },
    { config: { masks: 3, share: 0.3 }, shape: [1, 6, 20] },
    { config: { fill: "mean" }, shape: [2, 5, 11] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
