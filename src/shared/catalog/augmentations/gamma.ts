/** Gamma correction: x' = x^γ, which keeps black and white unchanged. */
import { z } from "zod";
import { pow } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { clipped } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { clip } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("gamma"),
  probability: probabilityField(),
  largest: real({
    default: 1.5,
    min: 1,
    max: 5,
    step: 0.05,
    search: [1.1, 2.5],
    scale: "log",
    title: { en: "Largest exponent", ko: "최대 지수" },
    description: {
      en: "The exponent is drawn between 1 over this value and this value, equal ratios being equally likely: above 1 darkens the midtones, below 1 brightens them. 1: off.",
      ko: "지수를 이 값의 역수와 이 값 사이에서, 같은 비율이 같은 확률이 되도록 뽑습니다. 1보다 크면 중간 톤이 어두워지고, 작으면 밝아집니다. 1이면 끕니다.",
    },
  }),
});

export const gamma = {
  title: { en: "Gamma correction", ko: "감마 보정" },
  summary: { en: "Brightens or darkens the midtones, as screens, films and scanners do.", ko: "화면, 필름, 스캐너처럼 중간 톤을 밝거나 어둡게 합니다." },
  kinds: ["image", "volume"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { largest }, random }) => (largest === 1 ? null : [largest ** random.between("exponent", -1, 1)]),
  apply: ({ x, number }) => pow(clipped(x), number(0)),
  expected: ({ sample, config: { largest }, random }) => {
    const exponent = Math.exp(random.between("exponent", -Math.log(largest), Math.log(largest)));
    return sample.map((value) => clip(value) ** exponent);
  },
  identities: [{ largest: 1 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { largest: 5 }, shape: [3, 5, 7] },
    { config: {}, shape: [1, 3, 4, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
