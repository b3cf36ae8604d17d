/** Inverts values from a threshold on (Pillow's ImageOps.solarize). */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { solarized } from "./levels.ts";
import { solarize as inverted } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("solarize"),
  probability: probabilityField(0.2),
  threshold: real({
    default: 0.5,
    min: 0,
    max: 1,
    step: 0.05,
    search: [0.3, 0.9],
    title: { en: "Threshold", ko: "임계값" },
    description: {
      en: "Lowest threshold, from black (0) to white (1); each sample draws its own between this one and white. Values above the threshold are inverted. 1: off.",
      ko: "검정(0)에서 흰색(1)까지에서 가장 낮은 임계값. 표본마다 이 값과 흰색 사이에서 따로 뽑습니다. 임계값보다 밝은 값을 반전합니다. 1이면 끕니다.",
    },
  }),
});

export const solarize = {
  title: { en: "Solarize", ko: "솔라리제이션" },
  summary: {
    en: "Inverts bright values, as overexposed film does, so that the network relies on edges.",
    ko: "과다 노출된 필름처럼 밝은 값을 반전하여 신경망이 윤곽에 기대게 합니다.",
  },
  source: "Cubuk et al. 2019, arXiv:1805.09501",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { threshold }, random }) => (threshold === 1 ? null : [random.between("threshold", threshold, 1)]),
  apply: ({ x, number }) => solarized(x, number(0)),
  expected: ({ sample, config: { threshold }, random }) => {
    const own = threshold + (1 - threshold) * random.uniform("threshold");
    return threshold === 1 ? sample : sample.map((value) => inverted(value, own));
  },
  identities: [{ threshold: 1 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { threshold: 0 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
