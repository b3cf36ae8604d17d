/** A signal that begins earlier or later. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { ALONG_WIDTH, alongNumbers, moveAlong } from "./along.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("timeShift"),
  probability: probabilityField(),
  shift: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0, 0.3],
    title: "Shift",
    description: "Largest shift to either side, as a share of the length. Raise it where events may happen at any time.",
  }),
  outside: edgeField(),
});

export const timeShift = {
  summary: "Moves a signal along its time, so that when something happens says nothing.",
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => ALONG_WIDTH,
  draw: ({ config: { shift }, shape: [, length = 1], random }) =>
    // Whole steps: nothing is blurred.
    shift === 0 ? null : alongNumbers(length, 1, Math.round(random.between("shift", -shift, shift) * length)),
  apply: (context) => moveAlong(context, context.config.outside),
  identities: [{ shift: 0 }],
  samples: [
    { config: {}, shape: [1, 32] },
    { config: { shift: 0.5, outside: "reflection" }, shape: [2, 17] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
