/** The maximum of each channel of sequences [C, L]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalMaxPooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalMaxPool1d"), name: layerName });

export const globalMaxPool1d = {
  summary: "One number a channel: its maximum over the whole sequence. Says whether a pattern is anywhere in it.",
  schema,
  ...globalMaxPooling<z.output<typeof schema>>(1),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 5] },
    { config: {}, input: [4, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
