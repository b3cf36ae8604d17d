/** How pictures of several sizes become samples of one. */
import { z } from "zod";
import { choice } from "../../kit/schema.ts";

export const pictureFields = {
  size: z
    .tuple([z.int().min(1).max(4096), z.int().min(1).max(4096)])
    .optional()
    .meta({
      title: "Size",
      unit: "pixels",
      description:
        "Height and width of every sample. Where absent, the most frequent size, or the middle height and width where sizes hardly repeat; at most 256 pixels on a side.",
    }),
  fit: choice(["stretch", "crop", "pad"], {
    default: "stretch",
    title: "Fit",
    description: "What happens to a picture of another shape: stretched, its middle cut out, or black added around it.",
  }),
  channels: choice(["auto", "gray", "rgb"], {
    default: "auto",
    title: "Channels",
    description: "Grey or colour. Auto: colour where any picture has colour, so that all samples are alike.",
  }),
};
