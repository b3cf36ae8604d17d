/** The maximum of each channel of volumes [C, D, H, W]. */
import { z } from "zod";
import { layerName } from "./fields.ts";
import { globalMaxPooling } from "./globalPooling.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({ type: z.literal("globalMaxPool3d"), name: layerName });

export const globalMaxPool3d = {
  summary: "One number a channel: its maximum over the whole volume. Says whether a pattern is anywhere in it.",
  schema,
  ...globalMaxPooling<z.output<typeof schema>>(3),
  selectsMaxima: true,
  samples: [
    { config: {}, input: [2, 2, 3, 4] },
    { config: {}, input: [4, 1, 1, 1] },
  ],
  misfits: [
    { config: {}, input: [16], field: "" },
    { config: {}, input: [2, 8, 8], field: "" },
  ],
} satisfies LayerDefinition<z.output<typeof schema>>;
