/**
 * Blur by a Gaussian filter with a random width per sample: first along rows, then along columns, with reflection at the edges (torchvision's
 * gaussian_blur).
 */
import { z } from "zod";
import { add, gather, mul, slice } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("blur"),
  probability: probabilityField(0.5),
  deviation: real({
    default: 1,
    min: 0,
    max: 10,
    step: 0.1,
    search: [0.3, 3],
    unit: { en: "pixels", ko: "픽셀" },
    title: { en: "Standard deviation", ko: "표준편차" },
    description: {
      en: "Largest standard deviation of the filter; each sample draws its own value up to this one. 1 for images of 28 pixels, 2 for 224. Helps where focus and resolution vary. Changing it compiles the program again.",
      ko: "필터의 최대 표준편차. 표본마다 이 값까지 따로 뽑습니다. 28픽셀 이미지에는 1, 224픽셀에는 2가 알맞습니다. 초점과 해상도가 다양할 때 도움이 됩니다. 값을 바꾸면 프로그램을 다시 컴파일합니다.",
    },
  }),
});

/** Filter radius in pixels: three standard deviations of the widest filter. */
export const radiusOf = (deviation: number): number => Math.max(1, Math.ceil(3 * deviation));

/** Weights of the centre pixel and of those 1, 2, … `radius` away; counting both sides, they sum to 1. */
export function gaussianWeights(deviation: number, radius: number): readonly number[] {
  const raw = Array.from({ length: radius + 1 }, (_, i) => Math.exp(-0.5 * (i / deviation) ** 2));
  const sum = raw.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return raw.map((weight) => weight / sum);
}

/** The filter along one axis, with the weights of each sample. */
function filtered(x: Value, axis: number, size: number, weights: readonly Value[]): Value {
  const radius = weights.length - 1;
  const period = Math.max(1, 2 * (size - 1));
  const mirrored = (place: number) => {
    const turned = ((place % period) + period) % period;
    return turned < size ? turned : period - turned;
  };
  const builder = x.builder.innermost;
  const places = builder.constant(
    Array.from({ length: size + 2 * radius }, (_, i) => mirrored(i - radius)),
    [size + 2 * radius],
    "int64",
    `blur/places/${size}/${radius}`,
  );
  const wide = gather(x, places, axis);
  const shifted = (offset: number) => slice(wide, [radius + offset], [radius + offset + size], [axis], [1]);
  return weights.map((weight, i) => mul(i === 0 ? x : add(shifted(-i), shifted(i)), weight)).reduce((sum, part) => add(sum, part));
}

export const blur = {
  title: { en: "Gaussian blur", ko: "가우스 흐림" },
  summary: { en: "Blurs the image with a Gaussian filter.", ko: "가우스 필터로 이미지를 흐리게 합니다." },
  kinds: ["image"],
  schema,
  structure: ["deviation"],
  width: ({ deviation }) => radiusOf(deviation) + 1,
  draw: ({ config: { deviation }, random }) => {
    const own = random.between("deviation", 0, deviation);
    // A filter narrower than a tenth of a pixel has no effect.
    return own < 0.1 ? null : gaussianWeights(own, radiusOf(deviation));
  },
  apply: ({ x, number, config: { deviation }, shape }) => {
    const weights = Array.from({ length: radiusOf(deviation) + 1 }, (_, i) => number(i));
    return filtered(filtered(x, 2, shape[1] ?? 1, weights), 3, shape[2] ?? 1, weights);
  },
  expected: ({ sample, config: { deviation }, random }) => {
    const own = random.between("deviation", 0, deviation);
    if (own < 0.1) return sample;
    const radius = Math.max(1, Math.ceil(3 * deviation));
    const weight = (distance: number) => Math.exp((-distance * distance) / (2 * own * own));
    // Both axes at once, with reflection at the edges, divided by the sum of the weights.
    return sample.map((_, [channel = 0, row = 0, column = 0]) => {
      let [sum, weights] = [0, 0];
      for (let down = -radius; down <= radius; down++)
        for (let right = -radius; right <= radius; right++) {
          const share = weight(down) * weight(right);
          sum += share * sample.between(channel, [row + down, column + right], "reflection");
          weights += share;
        }
      return sum / weights;
    });
  },
  identities: [{ deviation: 0 }],
  samples: [
    { config: {}, shape: [1, 6, 5] },
    { config: { deviation: 2.5 }, shape: [3, 4, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
