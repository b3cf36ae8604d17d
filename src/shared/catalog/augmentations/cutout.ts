/** A box of every picture is hidden, so that no single part decides (DeVries & Taylor 2017, arXiv:1708.04552; random erasing: Zhong et al. 2020). */
import { z } from "zod";
import { and, greaterOrEqual, less, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { meanOf } from "./colour.ts";
import { probabilityField } from "./fields.ts";
import { stepsOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("cutout"),
  probability: probabilityField(0.5),
  area: real({
    default: 0.15,
    min: 0,
    max: 0.9,
    step: 0.01,
    search: [0.02, 0.4],
    title: "Area",
    description: "Largest share of the picture (or volume) that is hidden; each sample draws its own up to this. Too much hides what the class is known by.",
  }),
  aspect: real({
    default: 2,
    min: 1,
    max: 10,
    step: 0.1,
    title: "Aspect",
    description: "How many times longer than wide the box may be. 1: always in the picture's own proportions.",
  }),
  fill: choice(["black", "mean", "noise"], { default: "black", title: "Fill", description: "What is seen in the box: black, the sample's mean, or noise." }),
});

export const cutout = {
  summary: "Hides a box at a random place: the network must learn from the rest as well.",
  source: "DeVries & Taylor 2017, arXiv:1708.04552; Zhong et al. 2020, arXiv:1708.04896",
  kinds: ["image", "volume"],
  schema,
  structure: ["fill"],
  width: (_, shape) => 2 * (shape.length - 1),
  draw: ({ config: { area, aspect }, shape, random }) => {
    if (area === 0) return null;
    const space = shape.slice(1);
    const share = random.between("area", 0.02 * area, area);
    // Factors whose product is 1, so that the area stays.
    const stretches = space.map((_, axis) => aspect ** random.between(`aspect/${axis}`, -0.5, 0.5));
    const mean = stretches.reduce((product, each) => product * each, 1) ** (1 / space.length);
    return space.flatMap((size, axis) => {
      const length = Math.max(1, Math.min(size, Math.round((size * share ** (1 / space.length) * (stretches[axis] ?? 1)) / mean)));
      const begin = random.below(`begin/${axis}`, size - length + 1);
      return [begin, begin + length];
    });
  },
  apply: ({ x, number, noise, config: { fill }, shape }) => {
    const box = shape
      .slice(1)
      .map((size, axis) => {
        const place = stepsOf(x, size, axis + 2);
        return and(greaterOrEqual(place, number(2 * axis)), less(place, number(2 * axis + 1)));
      })
      .reduce((all, each) => and(all, each));
    if (fill === "noise") return where(box, noise.uniform("fill", shape), x);
    return where(box, fill === "black" ? x.builder.innermost.scalar(0) : meanOf(x), x);
  },
  expected: ({ sample, config: { area, aspect, fill }, random, noise }) => {
    if (area === 0) return sample;
    const { space } = sample;
    const share = random.between("area", area / 50, area);
    const stretches = space.map((_, axis) => random.between(`aspect/${axis}`, -Math.log(aspect) / 2, Math.log(aspect) / 2));
    const even = stretches.reduce((sum, each) => sum + each, 0) / space.length;
    const box = space.map((size, axis) => {
      const length = Math.round(size * Math.exp(Math.log(share) / space.length + at(stretches, axis) - even));
      const kept = Math.min(size, Math.max(1, length));
      const first = random.below(`begin/${axis}`, size - kept + 1);
      return { first, last: first + kept - 1 };
    });
    const grain = fill === "noise" ? noise.uniform("fill", sample.shape) : [];
    return sample.map((value, [, ...place], i) => {
      const hidden = box.every(({ first, last }, axis) => at(place, axis) >= first && at(place, axis) <= last);
      return !hidden ? value : fill === "black" ? 0 : fill === "mean" ? sample.mean : at(grain, i);
    });
  },
  identities: [{ area: 0 }],
  samples: [
    { config: {}, shape: [1, 8, 7] },
    { config: { area: 0.6, aspect: 4, fill: "mean" }, shape: [3, 6, 9] },
    { config: { area: 0.5, fill: "noise" }, shape: [1, 4, 5, 6] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
