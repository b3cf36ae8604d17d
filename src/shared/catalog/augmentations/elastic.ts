/** Bent like rubber: every place moved by a smooth random field (Simard et al. 2003). */
import { z } from "zod";
import { mul } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { displaced, FIELD_DEVIATION, intervalsOf, splineField } from "./elasticField.ts";
import { edgeField, probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("elastic"),
  probability: probabilityField(),
  strength: real({
    default: 0.03,
    min: 0,
    max: 0.3,
    step: 0.005,
    search: [0.01, 0.08],
    title: "Strength",
    description:
      "Largest typical displacement, as a share of the picture's size: 0.03 moves by about one pixel of 28. Each sample draws its own up to this. Suits handwriting and tissue; too much makes other characters.",
  }),
  smoothness: real({
    default: 0.25,
    min: 0.1,
    max: 1,
    step: 0.05,
    search: [0.15, 0.5],
    title: "Smoothness",
    description: "Distance over which the displacement changes, as a share of the picture's size. Smaller makes ripples, larger bends the whole.",
  }),
  outside: edgeField(),
});

export const elastic = {
  summary: "Bends pictures like rubber, as hands differ in writing the same digit.",
  source: "Simard, Steinkraus & Platt 2003; Rueckert et al. 1999",
  kinds: ["image"],
  schema,
  structure: ["smoothness", "outside"],
  width: () => 1,
  draw: ({ config: { strength }, random }) => (strength === 0 ? null : [random.between("strength", 0, strength)]),
  apply: ({ x, number, noise, config: { smoothness, outside }, shape }) => {
    const [, height = 1, width = 1] = shape;
    const intervals = intervalsOf(smoothness);
    const control = mul(mul(noise.normal("field", [2, intervals + 3, intervals + 3]), 1 / FIELD_DEVIATION), number(0));
    return displaced(x, splineField(control, intervals, height, width), outside);
  },
  identities: [{ strength: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { strength: 0.2, smoothness: 0.5, outside: "border" }, shape: [3, 6, 9] },
    { config: { strength: 0.3, smoothness: 1, outside: "reflection" }, shape: [2, 5, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
