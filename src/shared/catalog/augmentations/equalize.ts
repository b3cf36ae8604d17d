/** Equalizes the histogram of every channel (Pillow's ImageOps.equalize, exactly per level). */
import { z } from "zod";
import { say } from "../../kit/say.ts";
import { shapeText } from "../../text/shapes.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { equalized } from "./levels.ts";
import { equalize as evened } from "./plain/light.ts";

const schema = z.strictObject({ type: z.literal("equalize"), probability: probabilityField(0.5) });

/** With fewer pixels than levels, the step of the equalization is zero. */
const LEVELS = 256;

export const equalize = {
  title: { en: "Histogram equalization", ko: "히스토그램 평활화" },
  summary: {
    en: "Spreads the values of each channel over the full range (histogram equalization), which evens out exposure. Images of fewer than 256 pixels stay unchanged.",
    ko: "채널마다 값을 전체 범위에 고르게 펼쳐(히스토그램 평활화) 노출 차이를 줄입니다. 256픽셀보다 작은 이미지는 그대로 둡니다.",
  },
  source: "Cubuk et al. 2019, arXiv:1805.09501",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 0,
  draw: () => [],
  apply: ({ x, shape, batch }) => equalized(x, shape, batch),
  expected: ({ sample }) => evened(sample),
  misfits: (_, shape) =>
    shape.slice(1).reduce((product, size) => product * size, 1) >= LEVELS
      ? []
      : [
          {
            field: "",
            expected: say`needs images of at least ${LEVELS} pixels, because fewer have no histogram to equalize`,
            received: shapeText(shape.slice(1)),
            remedy: say`Remove it, or use "contrast" or "gamma".`,
          },
        ],
  identities: [],
  samples: [
    { config: {}, shape: [1, 20, 21] },
    { config: {}, shape: [3, 16, 17] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
