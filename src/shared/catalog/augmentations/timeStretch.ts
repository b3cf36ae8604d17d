/** A signal played faster or slower about its middle. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { ALONG_WIDTH, alongNumbers, moveAlong } from "./along.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { edgeField, probabilityField } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("timeStretch"),
  probability: probabilityField(),
  change: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0, 0.3],
    title: "Change",
    description: "Largest change of speed: 0.1 plays up to a tenth faster or slower, and the pitch follows. Raise it where speeds vary.",
  }),
  outside: edgeField(),
});

export const timeStretch = {
  summary: "Plays a signal faster or slower, as often one as the other.",
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => ALONG_WIDTH,
  draw: ({ config: { change }, shape: [, length = 1], random }) =>
    change === 0 ? null : alongNumbers(length, (1 + change) ** random.between("pace", -1, 1), 0),
  apply: (context) => moveAlong(context, context.config.outside),
  identities: [{ change: 0 }],
  samples: [
    { config: {}, shape: [1, 32] },
    { config: { change: 0.6, outside: "border" }, shape: [3, 20] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
