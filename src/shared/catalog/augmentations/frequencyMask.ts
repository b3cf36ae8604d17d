/** Frequency masking of SpecAugment (Park et al. 2019): hides a few adjacent bands of a spectrogram [1, bands, frames] at all times. */
import { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { drawMasks, fillField, MASK_WIDTH, masked, masksField, shareField } from "./masks.ts";
import { hidden } from "./plain/masks.ts";

const schema = z.strictObject({
  type: z.literal("frequencyMask"),
  probability: probabilityField(),
  masks: masksField({ en: "the bands", ko: "대역" }),
  share: shareField(0.15, {
    en: "Widest mask, as a fraction of the bands; each mask draws its own width from 0 up to this one. The paper hides up to 27 of 80 bands. Use less where a few bands decide the class.",
    ko: "가장 넓은 가림의 폭. 전체 대역에 대한 비율이며, 가림마다 0부터 이 값까지 따로 뽑습니다. 논문은 80개 대역 가운데 최대 27개를 가립니다. 몇 개의 대역이 클래스를 정하면 줄이세요.",
  }),
  fill: fillField(),
});

export const frequencyMask = {
  title: { en: "Frequency masking", ko: "주파수 가림" },
  summary: {
    en: "Hides a few neighbouring frequency bands of a spectrogram over its whole duration, so that the network does not rely on a single pitch.",
    ko: "스펙트로그램에서 이웃한 주파수 대역 몇 개를 처음부터 끝까지 가립니다. 신경망이 한 음높이에만 기대지 않게 합니다.",
  },
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
