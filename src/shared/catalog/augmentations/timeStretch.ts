/**
 * A signal played slower or faster about its middle m: x'[t] = x(m + v (t − m)), linear between the steps. As a tape does, it changes the pitch
 * along with the tempo (the speed perturbation of Ko et al. 2015). Nothing is filtered before: played faster, frequencies beyond half the
 * sample rate fold back, as in any plain interpolation.
 */
import { z } from "zod";
import { concat, gridSample, mul, reshape, transpose } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { placesAlong } from "./planar.ts";
import { lengthOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeStretch"),
  probability: probabilityField(),
  slowest: real({
    default: 0.9,
    min: 0.25,
    max: 1,
    step: 0.01,
    search: [0.8, 1],
    scale: "log",
    unit: "×",
    title: "Slowest",
    description: "Smallest speed: at 0.5 the middle half fills the whole length. 1: never slower.",
  }),
  fastest: real({
    default: 1.1,
    min: 1,
    max: 4,
    step: 0.01,
    search: [1, 1.25],
    scale: "log",
    unit: "×",
    title: "Fastest",
    description:
      "Largest speed: at 2 all of it fills the middle half. 0.9 to 1.1 is usual for speech; where a frequency makes the class, keep both close to 1.",
  }),
  outside: choice(["zeros", "border", "reflection"], {
    default: "zeros",
    title: "Outside",
    description: "What is before and after a signal played faster: silence (every channel's mean), its first and last value held, or the signal mirrored.",
  }),
});

export const timeStretch = {
  summary: "Plays slower or faster, equal ratios as likely as each other: tempo and pitch change together.",
  source: "Ko, Peddinti, Povey & Khudanpur 2015, Audio augmentation for speech recognition",
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => 1,
  draw: ({ config: { slowest, fastest }, random }) => (slowest === 1 && fastest === 1 ? null : [slowest * (fastest / slowest) ** random.uniform("speed")]),
  apply: ({ x, numbers, config: { outside }, shape, batch }) => {
    const [channels = 1] = shape;
    const length = lengthOf(shape);
    const places = mul(numbers(0, 1), x.builder.innermost.constant(placesAlong(length), [length], "float32", `grid/${length}`));
    // The signal as a picture of one row: every place lies on it.
    const grid = transpose(reshape(concat([places, mul(places, 0)], 1), [batch, 2, 1, length]), [0, 2, 3, 1]);
    return reshape(gridSample(reshape(x, [batch, channels, 1, length]), grid, outside), [batch, ...shape]);
  },
  expected: ({ sample, config: { slowest, fastest, outside }, random }) => {
    const speed = Math.exp(Math.log(slowest) + (Math.log(fastest) - Math.log(slowest)) * random.uniform("speed"));
    const middle = (at(sample.shape, 1) - 1) / 2;
    return sample.moved(([time = 0]) => [middle + speed * (time - middle)], outside);
  },
  identities: [{ slowest: 1, fastest: 1 }],
  samples: [
    { config: {}, shape: [1, 24] },
    { config: { slowest: 0.5, fastest: 1, outside: "border" }, shape: [2, 13] },
    { config: { slowest: 1, fastest: 2.5, outside: "reflection" }, shape: [3, 17] },
    { config: { slowest: 1, fastest: 4 }, shape: [1, 9] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
