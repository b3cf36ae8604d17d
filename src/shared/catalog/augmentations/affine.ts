/** Rotation, translation, scaling and shear combined in one resampling. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { seen, shiftedBack, slantedBack, turnedBack } from "./plain/space.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";

const schema = z.strictObject({
  type: z.literal("affine"),
  probability: probabilityField(),
  rotate: real({
    default: 10,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 45],
    unit: { en: "°", ko: "°" },
    title: { en: "Rotation", ko: "회전" },
    description: {
      en: "Largest rotation in either direction. 10 to 15 for upright images; 180 where no direction is up, as in microscopy.",
      ko: "어느 방향으로든 최대 회전 각도. 똑바로 선 이미지에는 10~15, 현미경 사진처럼 위아래가 없으면 180을 씁니다.",
    },
  }),
  translate: real({
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.01,
    search: [0, 0.25],
    title: { en: "Translation", ko: "이동" },
    description: {
      en: "Largest shift along each axis, as a fraction of the image's size. Raise it where objects are not centred.",
      ko: "축마다 최대 이동량. 이미지 크기에 대한 비율입니다. 물체가 가운데에 있지 않으면 올리세요.",
    },
  }),
  scale: real({
    default: 0.1,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0, 0.4],
    title: { en: "Zoom", ko: "확대·축소" },
    description: {
      en: "Largest change of size: 0.1 makes objects up to a tenth smaller or larger. Raise it where distances vary.",
      ko: "크기의 최대 변화. 0.1이면 물체가 최대 10분의 1까지 작아지거나 커집니다. 거리가 다양하면 올리세요.",
    },
  }),
  shear: real({
    default: 0,
    min: 0,
    // Below 45° along both axes together, where the image would collapse into a line.
    max: 40,
    step: 1,
    search: [0, 20],
    unit: { en: "°", ko: "°" },
    title: { en: "Shear", ko: "전단" },
    description: { en: "Largest slant along each axis. A few degrees suit handwriting.", ko: "축마다 최대 기울임 각도. 손글씨에는 몇 도가 알맞습니다." },
  }),
  outside: edgeField(),
});

export const affine = {
  title: { en: "Affine transformation", ko: "아핀 변환" },
  summary: {
    en: "Rotates, shifts, zooms and shears with a single resampling, which blurs less than one transformation after another.",
    ko: "회전, 이동, 확대·축소, 기울임을 한 번의 리샘플링으로 합니다. 하나씩 차례로 하는 것보다 덜 흐려집니다.",
  },
  kinds: ["image"],
  schema,
  structure: ["outside"],
  width: () => MAP_WIDTH,
  draw: ({ config: { rotate, translate, scale, shear }, shape, random }) => {
    if (rotate === 0 && translate === 0 && scale === 0 && shear === 0) return null;
    return mapNumbers(
      mapOf({
        rotate: random.between("rotate", -rotate, rotate),
        right: random.between("right", -translate, translate) * (shape.at(-1) ?? 1),
        down: random.between("down", -translate, translate) * (shape.at(-2) ?? 1),
        // Enlarging and shrinking are equally likely.
        zoom: (1 + scale) ** random.between("zoom", -1, 1),
        shearX: random.between("shearX", -shear, shear),
        shearY: random.between("shearY", -shear, shear),
      }),
      shape,
    );
  },
  apply: (context) => moveInPlane(context, 0, context.config.outside),
  expected: ({ sample, config, random }) => {
    const [height = 1, width = 1] = sample.space;
    const drawn = (name: string, most: number) => random.between(name, -most, most);
    const by = [drawn("right", config.translate) * width, drawn("down", config.translate) * height];
    const zoom = Math.exp(drawn("zoom", Math.log(1 + config.scale)));
    return seen(
      sample,
      (offset) => {
        const near = shiftedBack(offset, by).map((each) => each / zoom);
        return slantedBack(turnedBack(near, 0, 1, drawn("rotate", config.rotate)), drawn("shearX", config.shear), drawn("shearY", config.shear));
      },
      config.outside,
    );
  },
  identities: [{ rotate: 0, translate: 0, scale: 0, shear: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { rotate: 180, translate: 0.5, scale: 0.5, shear: 30, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { outside: "border" }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
