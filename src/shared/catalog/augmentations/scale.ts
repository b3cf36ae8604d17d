/** Scaling about the centre. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";
import { moved, movementNumbers, movementWidth } from "./geometry.ts";
import { seen } from "./plain/space.ts";

const schema = z.strictObject({
  type: z.literal("scale"),
  probability: probabilityField(),
  smallest: real({
    default: 0.8,
    min: 0.1,
    max: 1,
    step: 0.05,
    search: [0.5, 1],
    scale: "log",
    unit: { en: "×", ko: "배" },
    title: { en: "Smallest", ko: "최소" },
    description: {
      en: "Smallest zoom: at 0.5, objects appear half as large, surrounded by the fill. 1: never smaller.",
      ko: "가장 작은 배율. 0.5이면 물체가 절반 크기가 되고 둘레는 채워집니다. 1이면 작아지지 않습니다.",
    },
  }),
  largest: real({
    default: 1.25,
    min: 1,
    max: 10,
    step: 0.05,
    search: [1, 2],
    scale: "log",
    unit: { en: "×", ko: "배" },
    title: { en: "Largest", ko: "최대" },
    description: {
      en: "Largest zoom: at 2, the middle half fills the image. Raise it where distances to the camera vary. 1: never larger.",
      ko: "가장 큰 배율. 2이면 가운데 절반이 이미지를 채웁니다. 카메라와의 거리가 다양하면 올리세요. 1이면 커지지 않습니다.",
    },
  }),
  outside: edgeField(),
});

export const scale = {
  title: { en: "Zoom", ko: "확대·축소" },
  summary: { en: "Makes objects smaller or larger; equal ratios are equally likely.", ko: "물체를 작거나 크게 합니다. 같은 비율은 같은 확률로 뽑힙니다." },
  kinds: ["image", "volume"],
  schema,
  structure: ["outside"],
  width: (_, shape) => movementWidth(shape),
  draw: ({ config: { smallest, largest }, shape, random }) =>
    smallest === 1 && largest === 1 ? null : movementNumbers({ zoom: smallest * (largest / smallest) ** random.uniform("zoom") }, shape),
  apply: (context) => moved(context, 0, context.config.outside),
  expected: ({ sample, config: { smallest, largest, outside }, random }) => {
    const zoom = Math.exp(random.between("zoom", Math.log(smallest), Math.log(largest)));
    return seen(sample, (offset) => offset.map((each) => each / zoom), outside);
  },
  identities: [{ smallest: 1, largest: 1 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { smallest: 0.3, outside: "reflection" }, shape: [3, 6, 9] },
    { config: { largest: 3 }, shape: [1, 4, 5, 6] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
