/** Elastic deformation: every position is moved by a smooth random field (Simard et al. 2003). */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { displaced, FIELD_DEVIATION, intervalsOf, splineField } from "./elasticField.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { cubicSpline } from "./plain/spline.ts";

const schema = z.strictObject({
  type: z.literal("elastic"),
  probability: probabilityField(),
  strength: real({
    default: 0.03,
    min: 0,
    max: 0.3,
    step: 0.005,
    search: [0.01, 0.08],
    title: { en: "Strength", ko: "강도" },
    description: {
      en: "Largest typical displacement, as a fraction of the image's size: 0.03 moves by about one pixel of 28. Each sample draws its own value up to this one. Suits handwriting and tissue; too much turns one character into another.",
      ko: "전형적인 변위의 최댓값. 이미지 크기에 대한 비율로, 0.03이면 28픽셀에서 1픽셀쯤 움직입니다. 표본마다 이 값까지 따로 뽑습니다. 손글씨와 조직 사진에 알맞으며, 너무 크면 다른 글자가 됩니다.",
    },
  }),
  smoothness: real({
    default: 0.25,
    min: 0.1,
    max: 1,
    step: 0.05,
    search: [0.15, 0.5],
    title: { en: "Smoothness", ko: "매끄러움" },
    description: {
      en: "Distance over which the displacement changes, as a fraction of the image's size. Smaller makes ripples, larger bends the whole image.",
      ko: "변위가 바뀌는 거리. 이미지 크기에 대한 비율입니다. 작으면 잔물결이 생기고, 크면 이미지 전체가 휩니다.",
    },
  }),
  outside: edgeField(),
});

export const elastic = {
  title: { en: "Elastic deformation", ko: "탄성 변형" },
  summary: {
    en: "Distorts images like rubber, as handwriting varies from person to person.",
    ko: "고무처럼 이미지를 비틉니다. 사람마다 글씨가 다른 것과 같습니다.",
  },
  source: "Simard, Steinkraus & Platt 2003; Rueckert et al. 1999",
  kinds: ["image"],
  schema,
  structure: ["smoothness", "outside"],
  width: () => 1,
  draw: ({ config: { strength }, random }) => (strength === 0 ? null : [random.between("strength", 0, strength)]),
  apply: ({ x, number, noise, config: { smoothness, outside }, shape }) => {
    const [, height = 1, width = 1] = shape;
    const intervals = intervalsOf(smoothness);
    const control = mul(mul(noise.normal("field", [2, intervals + 3, intervals + 3]), 1 / FIELD_DEVIATION), number(0));
    return displaced(x, splineField(control, intervals, height, width), outside);
  },
  expected: ({ sample, config: { strength, smoothness, outside }, random, noise }) => {
    const [height = 1, width = 1] = sample.space;
    const intervals = Math.max(1, Math.round(1 / smoothness));
    const points = intervals + 3;
    // With control points of standard deviation 1, the field has a standard deviation of 151/315.
    const deviation = (random.between("strength", 0, strength) * 315) / 151;
    const control = noise.normal("field", [2, points, points]);
    return sample.moved(([row = 0, column = 0]) => {
      const [v, u] = [(row * intervals) / (height - 1), (column * intervals) / (width - 1)];
      const along = (part: number) => {
        let sum = 0;
        for (let i = 0; i < points; i++)
          for (let k = 0; k < points; k++) sum += at(control, (part * points + i) * points + k) * cubicSpline(v + 1 - i) * cubicSpline(u + 1 - k);
        return deviation * sum;
      };
      return [row + along(1) * height, column + along(0) * width];
    }, outside);
  },
  identities: [{ strength: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { strength: 0.2, smoothness: 0.5, outside: "border" }, shape: [3, 6, 9] },
    { config: { strength: 0.3, smoothness: 1, outside: "reflection" }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
