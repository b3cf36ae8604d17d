/** Time masking of SpecAugment (Park et al. 2019): hides short intervals of time in a signal, or along the last axis of a spectrogram. */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { drawMasks, fillField, MASK_WIDTH, masked, masksField, shareField } from "./masks.ts";
import { hidden } from "./plain/masks.ts";
import { lengthOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeMask"),
  probability: probabilityField(),
  masks: masksField({ en: "time", ko: "시간" }),
  share: shareField(0.1, {
    en: "Longest mask, as a fraction of the length; each mask draws its own length from 0 up to this one. If it is too long, what identifies the class is hidden.",
    ko: "가장 긴 가림. 전체 길이에 대한 비율이며, 가림마다 0부터 이 값까지 따로 뽑습니다. 너무 길면 클래스를 알아볼 부분까지 가려집니다.",
  }),
  fill: fillField(),
});

export const timeMask = {
  title: { en: "Time masking", ko: "시간 가림" },
  summary: {
    en: "Hides short intervals of time in all channels and bands, so that the network does not rely on a single moment.",
    ko: "모든 채널과 대역에서 짧은 시간 구간을 가립니다. 신경망이 한 순간에만 기대지 않게 합니다.",
  },
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
