/** Translation along the axes, including fractions of a pixel. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { isVolume, moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen, shiftedBack } from "./plain/space.ts";

const share = (title: Words, description: Words) => real({ default: 0.1, min: 0, max: 1, step: 0.01, search: [0, 0.25], title, description });

const schema = z.strictObject({
  type: z.literal("translate"),
  probability: probabilityField(),
  horizontal: share(
    { en: "Horizontal", ko: "가로" },
    {
      en: "Largest shift to the left or right, as a fraction of the width. Raise it where objects are not centred.",
      ko: "왼쪽이나 오른쪽으로 최대 이동량. 너비에 대한 비율입니다. 물체가 가운데에 있지 않으면 올리세요.",
    },
  ),
  vertical: share(
    { en: "Vertical", ko: "세로" },
    { en: "Largest shift up or down, as a fraction of the height.", ko: "위나 아래로 최대 이동량. 높이에 대한 비율입니다." },
  ),
  depth: share(
    { en: "Depth", ko: "깊이" },
    {
      en: "Largest shift of a volume to the front or back, as a fraction of its depth. It has no effect on images.",
      ko: "부피 데이터를 앞이나 뒤로 옮기는 최대 이동량. 깊이에 대한 비율입니다. 이미지에는 영향이 없습니다.",
    },
  ),
  outside: edgeField(),
});

export const translate = {
  title: { en: "Translation", ko: "이동" },
  summary: {
    en: "Shifts sideways, up and down: the network learns that the position of an object does not matter.",
    ko: "옆과 위아래로 옮깁니다. 신경망은 물체의 위치가 중요하지 않음을 배웁니다.",
  },
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config: { horizontal, vertical, depth }, shape, random }) => {
    const volume = isVolume(shape);
    if (horizontal === 0 && vertical === 0 && (depth === 0 || !volume)) return null;
    const along = (name: string, largest: number, axis: number) => random.between(name, -largest, largest) * (shape.at(axis) ?? 1);
    return movementNumbers({ shift: [along("horizontal", horizontal, -1), along("vertical", vertical, -2), volume ? along("depth", depth, -3) : 0] }, shape);
  },
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { horizontal, vertical, depth, outside }, random }) => {
    const [width = 1, height = 1, planes = 1] = sample.space.toReversed();
    const drawn = (name: string, most: number, size: number) => random.between(name, -most, most) * size;
    const by = [drawn("horizontal", horizontal, width), drawn("vertical", vertical, height), drawn("depth", depth, planes)];
    return seen(sample, (offset) => shiftedBack(offset, by), outside);
  },
  identities: [{ horizontal: 0, vertical: 0, depth: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { horizontal: 0.5, vertical: 0, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { depth: 0.3 }, shape: [1, 4, 5, 6] },
    { config: { horizontal: 0, vertical: 0, depth: 1, outside: "border" }, shape: [2, 3, 5, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
