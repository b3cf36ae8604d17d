/** A random crop resized to the image's size, as in the training of Inception (Szegedy et al. 2015) and torchvision's RandomResizedCrop. */
import { z } from "zod";
import { add, concat, expand, max, min, mul, reshape } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { sampledAt } from "./planar.ts";
import type { SampleRandom } from "./sampleRandom.ts";

const schema = z.strictObject({
  type: z.literal("cropResize"),
  probability: probabilityField(),
  area: real({
    default: 0.5,
    min: 0.05,
    max: 1,
    step: 0.05,
    search: [0.08, 1],
    title: { en: "Area", ko: "면적" },
    description: {
      en: "Smallest fraction of the image's area that the crop keeps; each sample draws its own value between this one and 1. 0.08 for photographs of 224 pixels and more (Szegedy et al.); 0.5 and above for small images.",
      ko: "잘라 낸 부분이 이미지 면적에서 차지하는 최소 비율. 표본마다 이 값과 1 사이에서 따로 뽑습니다. 224픽셀 이상의 사진에는 0.08(Szegedy 등), 작은 이미지에는 0.5 이상이 알맞습니다.",
    },
  }),
  aspect: real({
    default: 1.33,
    min: 1,
    max: 4,
    step: 0.01,
    search: [1, 2],
    scale: "log",
    title: { en: "Aspect ratio", ko: "종횡비" },
    description: {
      en: "How much wider or taller than the image the crop may be in proportion; objects are stretched by as much. 1 keeps the proportions.",
      ko: "잘라 낸 부분의 가로세로 비율이 이미지의 비율과 몇 배까지 달라질 수 있는지. 물체도 그만큼 늘어납니다. 1이면 비율을 유지합니다.",
    },
  }),
});

export interface Crop {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Draws until a crop fits, as torchvision does; after ten attempts, the whole image. */
export function drawCrop(height: number, width: number, { area, aspect }: { readonly area: number; readonly aspect: number }, random: SampleRandom): Crop {
  for (let attempt = 0; attempt < 10; attempt++) {
    const own = random.of(`${attempt}`);
    const share = own.between("area", area, 1);
    const ratio = aspect ** own.between("aspect", -1, 1);
    const [w, h] = [Math.round(width * Math.sqrt(share * ratio)), Math.round(height * Math.sqrt(share / ratio))];
    if (w > 0 && w <= width && h > 0 && h <= height)
      return { top: own.below("top", height - h + 1), left: own.below("left", width - w + 1), height: h, width: w };
  }
  return { top: 0, left: 0, height, width };
}

/** Number of numbers per axis. */
const AXIS_WIDTH = 4;

/** Slope and start of the coordinates along one axis, and the first and last coordinate of the crop; −1 and 1 are the outermost pixels. */
function axisNumbers(begin: number, length: number, size: number): readonly number[] {
  const scale = (pixel: number) => (2 * pixel) / Math.max(1, size - 1) - 1;
  // The centre of output pixel i is at (i + ½) / size of the crop.
  return [(2 * length) / size / Math.max(1, size - 1), scale(begin + (0.5 * length) / size - 0.5), scale(begin), scale(begin + length - 1)];
}

export const cropNumbers = ({ top, left, height, width }: Crop, shape: readonly number[]): readonly number[] => [
  ...axisNumbers(left, width, shape[2] ?? 1),
  ...axisNumbers(top, height, shape[1] ?? 1),
];

export const cropResize = {
  title: { en: "Random resized crop", ko: "임의 자르기와 크기 조절" },
  summary: {
    en: "Crops a random region and resizes it to full size: closer, off-centre and slightly stretched.",
    ko: "임의의 영역을 잘라 전체 크기로 늘립니다. 더 가깝고, 가운데에서 벗어나고, 조금 늘어난 모습이 됩니다.",
  },
  source: "Szegedy et al. 2015, arXiv:1409.4842",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 2 * AXIS_WIDTH,
  draw: ({ config, shape, random }) => {
    const [, height = 1, width = 1] = shape;
    const crop = drawCrop(height, width, config, random);
    return crop.height === height && crop.width === width ? null : cropNumbers(crop, shape);
  },
  apply: ({ x, numbers, shape, batch }) => {
    const [, height = 1, width = 1] = shape;
    const builder = x.builder.innermost;
    const along = (size: number, first: number): Value => {
      const counted = builder.constant(
        Array.from({ length: size }, (_, i) => i),
        [1, size],
        "float32",
        `crop/${size}`,
      );
      const number = (i: number) => numbers(first + i, 1);
      return max(min(add(mul(counted, number(0)), number(1)), number(3)), number(2));
    };
    const columns = expand(reshape(along(width, 0), [batch, 1, 1, width]), [batch, 1, height, width]);
    const rows = expand(reshape(along(height, AXIS_WIDTH), [batch, 1, height, 1]), [batch, 1, height, width]);
    return sampledAt(x, concat([columns, rows], 1), "border");
  },
  expected: ({ sample, config: { area, aspect }, random }) => {
    const [height = 1, width = 1] = sample.space;
    let [top, left, h, w] = [0, 0, height, width];
    for (let attempt = 0; attempt < 10; attempt++) {
      const own = random.of(String(attempt));
      const share = area + (1 - area) * own.uniform("area");
      const wider = Math.sqrt(Math.exp(own.between("aspect", -Math.log(aspect), Math.log(aspect))));
      const [tall, wide] = [Math.round((height * Math.sqrt(share)) / wider), Math.round(width * Math.sqrt(share) * wider)];
      if (tall < 1 || tall > height || wide < 1 || wide > width) continue;
      [top, left, h, w] = [own.below("top", height - tall + 1), own.below("left", width - wide + 1), tall, wide];
      break;
    }
    // Output pixel centres are mapped to the crop, but not beyond the centres of its outermost pixels.
    const along = (place: number, size: number, begin: number, length: number) =>
      Math.min(begin + length - 1, Math.max(begin, begin + ((place + 0.5) * length) / size - 0.5));
    return sample.moved(([row = 0, column = 0]) => [along(row, height, top, h), along(column, width, left, w)], "border");
  },
  identities: [{ area: 1, aspect: 1 }],
  samples: [
    { config: {}, shape: [1, 8, 8] },
    { config: { area: 0.1, aspect: 2 }, shape: [3, 6, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
