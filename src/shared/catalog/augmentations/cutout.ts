/** Hides a box in every image, so that no single part decides (DeVries & Taylor 2017, arXiv:1708.04552; random erasing: Zhong et al. 2020). */
import { z } from "zod";
import { and, greaterOrEqual, less, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { stepsOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("cutout"),
  probability: probabilityField(0.5),
  area: real({
    default: 0.15,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0.02, 0.4],
    title: { en: "Area", ko: "면적" },
    description: {
      en: "Largest fraction of the image (or volume) that is hidden; each sample draws its own value up to this one. Too much hides what identifies the class.",
      ko: "이미지(또는 부피 데이터)에서 가리는 최대 비율. 표본마다 이 값까지 따로 뽑습니다. 너무 크면 클래스를 알아볼 부분까지 가려집니다.",
    },
  }),
  aspect: real({
    default: 2,
    min: 1,
    max: 10,
    step: 0.1,
    title: { en: "Aspect ratio", ko: "종횡비" },
    description: {
      en: "How many times longer than wide the box may be. 1: always in the image's own proportions.",
      ko: "상자의 긴 변이 짧은 변의 몇 배까지 될 수 있는지. 1이면 언제나 이미지와 같은 비율입니다.",
    },
  }),
  fill: choice(
    { black: { en: "Black", ko: "검정" }, mean: { en: "Mean", ko: "평균" }, noise: { en: "Noise", ko: "잡음" } },
    {
      default: "black",
      title: { en: "Fill", ko: "채우기" },
      description: { en: "What fills the box: black, the sample's mean, or noise.", ko: "상자를 채우는 것: 검정, 표본의 평균, 또는 잡음." },
    },
  ),
});

export const cutout = {
  title: { en: "Cutout", ko: "컷아웃" },
  summary: {
    en: "Hides a box at a random position: the network must also learn from the rest of the image.",
    ko: "임의의 자리에 있는 상자를 가립니다. 신경망이 나머지 부분에서도 배우게 됩니다.",
  },
  source: "DeVries & Taylor 2017, arXiv:1708.04552; Zhong et al. 2020, arXiv:1708.04896",
  kinds: ["image", "volume"],
  schema,
  structure: ["fill"],
  width: (_, shape) => 2 * (shape.length - 1),
  draw: ({ config: { area, aspect }, shape, random }) => {
    if (area === 0) return null;
    const space = shape.slice(1);
    const share = random.between("area", 0.02 * area, area);
    // Factors with a product of 1, so that the area is preserved.
    const stretches = space.map((_, axis) => aspect ** random.between(`aspect/${axis}`, -0.5, 0.5));
    const mean = stretches.reduce((product, each) => product * each, 1) ** (1 / space.length);
    return space.flatMap((size, axis) => {
      const length = Math.max(1, Math.min(size, Math.round((size * share ** (1 / space.length) * (stretches[axis] ?? 1)) / mean)));
      const begin = random.below(`begin/${axis}`, size - length + 1);
      return [begin, begin + length];
    });
  },
  apply: ({ x, number, noise, config: { fill }, shape }) => {
    const box = shape
      .slice(1)
      .map((size, axis) => {
        const place = stepsOf(x, size, axis + 2);
        return and(greaterOrEqual(place, number(2 * axis)), less(place, number(2 * axis + 1)));
      })
      .reduce((all, each) => and(all, each));
    if (fill === "noise") return where(box, noise.uniform("fill", shape), x);
    return where(box, fill === "black" ? x.builder.innermost.scalar(0) : meanOf(x), x);
  },
  expected: ({ sample, config: { area, aspect, fill }, random, noise }) => {
    if (area === 0) return sample;
    const { space } = sample;
    const share = random.between("area", area / 50, area);
    const stretches = space.map((_, axis) => random.between(`aspect/${axis}`, -Math.log(aspect) / 2, Math.log(aspect) / 2));
    const even = stretches.reduce((sum, each) => sum + each, 0) / space.length;
    const box = space.map((size, axis) => {
      const length = Math.round(size * Math.exp(Math.log(share) / space.length + at(stretches, axis) - even));
      const kept = Math.min(size, Math.max(1, length));
      const first = random.below(`begin/${axis}`, size - kept + 1);
      return { first, last: first + kept - 1 };
    });
    const grain = fill === "noise" ? noise.uniform("fill", sample.shape) : [];
    return sample.map((value, [, ...place], i) => {
      const hidden = box.every(({ first, last }, axis) => at(place, axis) >= first && at(place, axis) <= last);
      return !hidden ? value : fill === "black" ? 0 : fill === "mean" ? sample.mean : at(grain, i);
    });
  },
  identities: [{ area: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { area: 0.6, aspect: 4, fill: "mean" }, shape: [3, 6, 9] },
    { config: { area: 0.5, fill: "noise" }, shape: [1, 4, 5, 6] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
