/** Reduces the number of levels by dropping the lowest of each value's eight bits (Pillow's ImageOps.posterize). */
import { z } from "zod";
import { max } from "../../graph/functions.ts";
import { integer } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { posterized } from "./levels.ts";
import { posterize as dropBits } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("posterize"),
  probability: probabilityField(0.5),
  bits: integer({
    default: 4,
    min: 1,
    max: 8,
    search: [2, 7],
    unit: { en: "bits", ko: "비트" },
    title: { en: "Bits", ko: "비트 수" },
    description: {
      en: "Smallest number of bits that each value keeps; each sample draws its own number between this one and 7. 1 leaves two levels, 4 leaves sixteen. 8: off.",
      ko: "값마다 남기는 최소 비트 수. 표본마다 이 값과 7 사이에서 따로 뽑습니다. 1이면 두 단계, 4이면 열여섯 단계가 남습니다. 8이면 끕니다.",
    },
  }),
});

export const posterize = {
  title: { en: "Posterize", ko: "포스터화" },
  summary: {
    en: "Reduces the number of brightness levels, as in a poster, so that the network relies on shapes.",
    ko: "포스터처럼 밝기 단계를 줄여 신경망이 모양에 기대게 합니다.",
  },
  source: "Cubuk et al. 2019, arXiv:1805.09501",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { bits }, random }) => (bits === 8 ? null : [2 ** (8 - bits - random.below("bits", 8 - bits))]),
  apply: ({ x, number }) => posterized(x, max(number(0), 1)),
  expected: ({ sample, config: { bits }, random }) => {
    if (bits === 8) return sample;
    const left = bits + random.below("bits", 8 - bits);
    return sample.map((value) => dropBits(value, 8 - left));
  },
  identities: [{ bits: 8 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { bits: 1 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
