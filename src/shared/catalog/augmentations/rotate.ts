/** Rotation about the centre: an image in its plane, a volume about each of its three axes. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { isVolume, moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen, turnedBack } from "./plain/space.ts";

const schema = z.strictObject({
  type: z.literal("rotate"),
  probability: probabilityField(),
  angle: real({
    default: 15,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: { en: "°", ko: "°" },
    title: { en: "Angle", ko: "각도" },
    description: {
      en: "Largest angle in either direction; in a volume, of every plane in itself. 10 to 15 for upright images; 180 where no direction is up. For digits at most 15, or a 6 becomes a 9.",
      ko: "어느 방향으로든 최대 각도. 부피 데이터에서는 각 면 안의 회전입니다. 똑바로 선 이미지에는 10~15, 위아래가 없으면 180. 숫자는 최대 15까지, 아니면 6이 9가 됩니다.",
    },
  }),
  tilt: real({
    default: 15,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: { en: "°", ko: "°" },
    kinds: ["volume"],
    title: { en: "Tilt", ko: "기울임" },
    description: {
      en: "Largest angle of a volume about the axes of its rows and its columns, each drawn separately. 0 where planes are farther apart than pixels, as in most scans: tilting would distort them. It has no effect on images.",
      ko: "부피 데이터를 행과 열의 축을 중심으로 돌리는 최대 각도. 축마다 따로 뽑습니다. 대부분의 스캔처럼 면 사이가 픽셀 간격보다 넓으면 모양이 비틀리므로 0으로 두세요. 이미지에는 영향이 없습니다.",
    },
  }),
  outside: edgeField(),
});

export const rotate = {
  title: { en: "Rotation", ko: "회전" },
  summary: { en: "Rotates about the centre by a random angle.", ko: "가운데를 중심으로 임의의 각도만큼 돌립니다." },
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config, shape, random }) => {
    const { angle } = config;
    const tilt = isVolume(shape) ? config.tilt : 0;
    if (angle === 0 && tilt === 0) return null;
    const about = (axis: string, largest: number) => random.between(axis, -largest, largest);
    return movementNumbers({ turns: [about("columns", tilt), about("rows", tilt), about("planes", angle)] }, shape);
  },
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { angle, tilt, outside }, random }) => {
    const degrees = (name: string, most: number) => random.between(name, -most, most);
    return seen(
      sample,
      (offset) => {
        const flat = turnedBack(offset, 0, 1, degrees("planes", angle));
        if (offset.length === 2) return flat;
        return turnedBack(turnedBack(flat, 0, 2, -degrees("rows", tilt)), 1, 2, -degrees("columns", tilt));
      },
      outside,
    );
  },
  identities: [{ angle: 0, tilt: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { angle: 180, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { angle: 30, tilt: 0 }, shape: [1, 4, 5, 6] },
    { config: { angle: 90, tilt: 90, outside: "border" }, shape: [2, 3, 5, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
