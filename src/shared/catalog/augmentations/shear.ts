/** Shear: rows are shifted in proportion to their vertical position, columns in proportion to their horizontal position. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { seen, slantedBack } from "./plain/space.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";

const schema = z.strictObject({
  type: z.literal("shear"),
  probability: probabilityField(),
  horizontal: real({
    default: 10,
    min: 0,
    max: 60,
    step: 1,
    search: [0, 25],
    unit: { en: "°", ko: "°" },
    title: { en: "Horizontal", ko: "가로" },
    description: {
      en: "Largest slant of vertical lines to either side, as in italic writing. Good for handwriting.",
      ko: "이탤릭체처럼 세로선을 양옆으로 기울이는 최대 각도. 손글씨에 좋습니다.",
    },
  }),
  vertical: real({
    default: 0,
    min: 0,
    // Below 45° in each direction, so that the image never collapses into a line.
    max: 25,
    step: 1,
    search: [0, 20],
    unit: { en: "°", ko: "°" },
    title: { en: "Vertical", ko: "세로" },
    description: { en: "Largest slant of horizontal lines up or down.", ko: "가로선을 위아래로 기울이는 최대 각도." },
  }),
  outside: edgeField(),
});

export const shear = {
  title: { en: "Shear", ko: "전단" },
  summary: { en: "Slants sideways and up or down, about the centre.", ko: "가운데를 중심으로 옆과 위아래로 기울입니다." },
  kinds: ["image"],
  schema,
  structure: ["outside"],
  width: () => MAP_WIDTH,
  draw: ({ config: { horizontal, vertical }, shape, random }) =>
    horizontal === 0 && vertical === 0
      ? null
      : mapNumbers(mapOf({ shearX: random.between("horizontal", -horizontal, horizontal), shearY: random.between("vertical", -vertical, vertical) }), shape),
  apply: (context) => moveInPlane(context, 0, context.config.outside),
  expected: ({ sample, config: { horizontal, vertical, outside }, random }) =>
    seen(
      sample,
      (offset) => slantedBack(offset, random.between("horizontal", -horizontal, horizontal), random.between("vertical", -vertical, vertical)),
      outside,
    ),
  identities: [{ horizontal: 0, vertical: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { horizontal: 45, vertical: 20, outside: "border" }, shape: [3, 6, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
