/** Rotates the hue of colours in HSV (Smith 1978, "Color gamut transform pairs"; torchvision's adjust_hue). */
import { z } from "zod";
import { add, concat, div, equal, floor, greater, max, min, mul, sub, where } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { channelsOf, clipped, colourMisfits, isColour } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { turnHue } from "./plain/light.ts";

const schema = z.strictObject({
  type: z.literal("hue"),
  probability: probabilityField(),
  turn: real({
    default: 18,
    min: 0,
    max: 180,
    step: 1,
    search: [0, 60],
    unit: { en: "°", ko: "°" },
    title: { en: "Hue shift", ko: "색상 이동" },
    description: {
      en: "Largest rotation of the colour wheel in either direction: 120° turns red into green. Keep it small where colours decide the class. Images that do not have three channels stay unchanged.",
      ko: "색상환을 어느 방향으로든 돌리는 최대 각도. 120°이면 빨강이 초록이 됩니다. 색이 클래스를 정하면 작게 두세요. 채널이 세 개가 아닌 이미지는 그대로 둡니다.",
    },
  }),
});

/** @param turn in sixths of the circle, [batch, 1, 1, 1], at least −6 */
export function hueTurned(x: Value, turn: Value): Value {
  const [red, green, blue] = channelsOf(clipped(x));
  const value = max(max(red, green), blue);
  const chroma = sub(value, min(min(red, green), blue));
  const some = greater(chroma, 0);
  const unit = where(some, chroma, 1);
  // Sixths of the circle, starting at red; if two channels are the largest, both formulas give the same result.
  const fromRed = div(sub(green, blue), unit);
  const fromGreen = add(div(sub(blue, red), unit), 2);
  const fromBlue = add(div(sub(red, green), unit), 4);
  const hue = add(where(equal(value, red), fromRed, where(equal(value, green), fromGreen, fromBlue)), turn);
  const channel = (sixths: number) => {
    const around = mul(add(hue, sixths), 1 / 6);
    const place = mul(sub(around, floor(around)), 6);
    const share = max(min(min(place, sub(x.builder.innermost.scalar(4), place)), 1), 0);
    return sub(value, mul(chroma, share));
  };
  return concat([channel(5), channel(3), channel(1)], 1);
}

export const hue = {
  title: { en: "Hue", ko: "색상" },
  summary: { en: "Rotates all colours around the colour wheel by the same angle.", ko: "모든 색을 색상환에서 같은 각도만큼 돌립니다." },
  source: "Smith 1978",
  kinds: ["image"],
  schema,
  structure: [],
  width: () => 1,
  draw: ({ config: { turn }, shape, random }) => (turn === 0 || !isColour(shape) ? null : [random.between("turn", -turn, turn) / 60]),
  apply: ({ x, number, shape }) => (isColour(shape) ? hueTurned(x, number(0)) : x),
  expected: ({ sample, config: { turn }, random }) => turnHue(sample, random.between("turn", -turn, turn)),
  misfits: (_, shape) => colourMisfits(shape),
  identities: [{ turn: 0 }],
  samples: [
    { config: {}, shape: [3, 6, 5] },
    { config: { turn: 180 }, shape: [3, 4, 4] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
