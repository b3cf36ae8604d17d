/** The fields that every file of arrays has. */
import { z } from "zod";
import { task } from "./format.ts";

export const arrayFields = {
  task,
  classes: z.array(z.string()).optional().meta({ title: "Classes", description: "Names of the classes in the order of their numbers." }),
  channelsLast: z.boolean().optional().meta({
    title: "Channels last",
    description:
      "Whether the array's last axis is the channels, as [N, H, W, 3]. Where absent: a last axis of 3 or 4 behind three others is taken for channels.",
  }),
};
