/** Colours turned about the circle of hues, in HSV (Smith 1978, "Color gamut transform pairs"; torchvision's adjust_hue). */
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
    unit: "°",
    title: "Turn",
    description:
      "Largest turn of the circle of colours to either side: 120° makes red green. Small where colours tell classes apart. Pictures that are not of three channels stay as they are.",
  }),
});

/** @param turn in sixths of the circle, [batch, 1, 1, 1], not below −6 */
export function hueTurned(x: Value, turn: Value): Value {
  const [red, green, blue] = channelsOf(clipped(x));
  const value = max(max(red, green), blue);
  const chroma = sub(value, min(min(red, green), blue));
  const some = greater(chroma, 0);
  const unit = where(some, chroma, 1);
  // Sixths of the circle from red on; where two are the largest both formulas agree.
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
  summary: "Turns all colours along the rainbow by the same angle.",
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
