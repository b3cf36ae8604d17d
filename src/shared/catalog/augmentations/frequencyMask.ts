/** Frequency masking of SpecAugment (Park et al. 2019): a few neighbouring bands of a spectrogram [1, bands, frames] are hidden throughout. */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { drawMasks, fillField, MASK_WIDTH, masked, masksField, shareField } from "./masks.ts";
import { hidden } from "./plain/masks.ts";

const schema = z.strictObject({
  type: z.literal("frequencyMask"),
  probability: probabilityField(),
  masks: masksField("the bands"),
  share: shareField(
    0.15,
    "Widest mask, as a share of the bands; each draws its own width from 0 up to this. The paper hides up to 27 of 80. Smaller where few bands make the class.",
  ),
  fill: fillField(),
});

export const frequencyMask = {
  summary: "Hides a few neighbouring bands of a spectrogram throughout: the network must not rest on one pitch.",
  source: "Park et al. 2019, arXiv:1904.08779",
  kinds: ["image"],
  schema,
  structure: ["masks", "fill"],
  width: ({ masks }) => MASK_WIDTH * masks,
  draw: ({ config, shape, random }) => drawMasks(config, shape.at(-2) ?? 1, random),
  apply: (context) => masked(context, -2),
  expected: ({ sample, config, random }) => hidden(sample, 1, config, random),
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 20, 6] },
    { config: { masks: 1, share: 0.7, fill: "mean" }, shape: [2, 11, 5] },
    { config: { masks: 4 }, shape: [1, 16, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
