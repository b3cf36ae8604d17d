/** Perspective distortion: each corner of the image is moved inwards independently. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { HOMOGRAPHY_WIDTH, homography, type Point, seenThrough } from "./homography.ts";
import { type Corner, squareSeen } from "./plain/perspective.ts";

const schema = z.strictObject({
  type: z.literal("perspective"),
  probability: probabilityField(0.5),
  distortion: real({
    default: 0.3,
    min: 0,
    // Below two thirds, the four corners always form a convex shape.
    max: 0.6,
    step: 0.05,
    search: [0.1, 0.5],
    title: { en: "Distortion", ko: "왜곡" },
    description: {
      en: "How far each corner may move inwards, as a fraction of half the image. Raise it for objects photographed from any side: signs, documents, products.",
      ko: "모서리가 안쪽으로 움직일 수 있는 거리. 이미지 절반에 대한 비율입니다. 간판, 문서, 상품처럼 여러 방향에서 찍은 물체에는 올리세요.",
    },
  }),
  outside: edgeField(),
});

/** The corners in the order of `drawn`; −1 and 1 are the outermost pixels. */
const corners: readonly Point[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];

export const perspective = {
  title: { en: "Perspective", ko: "원근 변환" },
  summary: { en: "Shows the image as seen from the side, with every corner moved inwards.", ko: "모든 모서리를 안쪽으로 옮겨 옆에서 본 것처럼 보이게 합니다." },
  kinds: ["image"],
  schema,
  structure: ["outside"],
  width: () => HOMOGRAPHY_WIDTH,
  draw: ({ config: { distortion }, random }) => {
    if (distortion === 0) return null;
    const inwards = (name: string, corner: number) => corner * (1 - random.between(name, 0, distortion));
    const drawn = corners.map(([x, y], i): Point => [inwards(`x/${i}`, x), inwards(`y/${i}`, y)]);
    return homography(drawn, corners);
  },
  apply: (context) => seenThrough(context, 0, context.config.outside),
  expected: ({ sample, config: { distortion, outside }, random }) => {
    const inwards = (name: string) => 1 - random.between(name, 0, distortion);
    const signs: readonly Corner[] = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ];
    const back = squareSeen(signs.map(([x, y], i): Corner => [x * inwards(`x/${i}`), y * inwards(`y/${i}`)]));
    const [height = 1, width = 1] = sample.space;
    return sample.moved(([row = 0, column = 0]) => {
      const [x, y] = back([(2 * column) / (width - 1) - 1, (2 * row) / (height - 1) - 1]);
      return [((y + 1) * (height - 1)) / 2, ((x + 1) * (width - 1)) / 2];
    }, outside);
  },
  identities: [{ distortion: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { distortion: 0.6, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { distortion: 0.5, outside: "border" }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
