/** A signal moved along time by whole steps: x'[t] = x[t − s], s uniform on −S … S. Nothing is resampled, so not one value changes. */
import { z } from "zod";
import { add, and, cast, expand, gatherElements, greaterOrEqual, less, max, min, sub, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { lengthOf, stepsOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeShift"),
  probability: probabilityField(),
  share: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0, 0.3],
    title: "Share",
    description:
      "Largest shift to either side, as a share of the length. Raise it where it is chance when something begins; keep it small where the moment tells the classes apart.",
  }),
  outside: choice(["zeros", "wrap"], {
    default: "zeros",
    title: "Outside",
    description:
      "What comes in at the end that becomes free: silence (every channel's mean), or what left at the other end. Wrap around periodic signals only.",
  }),
});

export const timeShift = {
  summary: "Moves earlier or later: the network learns that it does not matter when something begins.",
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => 1,
  draw: ({ config: { share }, shape, random }) => {
    if (share === 0) return null;
    const most = Math.max(1, Math.round(share * lengthOf(shape)));
    const shift = random.below("shift", 2 * most + 1) - most;
    return shift === 0 ? null : [shift];
  },
  apply: ({ x, number, config: { outside }, shape, batch }) => {
    const length = lengthOf(shape);
    const from = sub(stepsOf(x, length), number(0));
    const present = and(greaterOrEqual(from, 0), less(from, length));
    const around = where(less(from, 0), add(from, length), where(greaterOrEqual(from, length), sub(from, length), from));
    const places = cast(outside === "wrap" ? around : max(min(from, length - 1), 0), "int64");
    const moved = gatherElements(x, expand(places, [batch, ...shape]), shape.length);
    return outside === "wrap" ? moved : where(present, moved, 0);
  },
  expected: ({ sample, config: { share, outside }, random }) => {
    const length = at(sample.shape, sample.shape.length - 1);
    const most = share === 0 ? 0 : Math.max(1, Math.round(share * length));
    const later = random.below("shift", 2 * most + 1) - most;
    return sample.map((_, place) => {
      const before = at(place, place.length - 1) - later;
      if (outside === "zeros" && (before < 0 || before >= length)) return 0;
      return sample.value(...place.with(-1, (before + 2 * length) % length));
    });
  },
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 32] },
    { config: { share: 0.5, outside: "wrap" }, shape: [2, 13] },
    { config: { share: 1 }, shape: [3, 6] },
    { config: { share: 1, outside: "wrap" }, shape: [1, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
