/** How images of several sizes become samples of one. */
import { z } from "zod";
import { choice } from "../../kit/schema.ts";

export const imageFields = {
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
    description: "What happens to an image of another shape: stretched, its middle cut out, or the background, which is black unless said, added around it.",
  }),
  channels: choice(["auto", "gray", "rgb"], {
    default: "auto",
    title: "Channels",
    description: "Grey or colour. Auto: colour where any image has colour, so that all samples are alike.",
  }),
  depth: z.enum(["8bit", "full"]).optional().meta({
    title: "Bit depth",
    description:
      "Full keeps the values of images with more than 8 bits, and samples are float32; 8bit rounds them to 0 … 255. Where absent, full where a tenth or more of the images have more than 8 bits.",
  }),
  range: z.enum(["file", "stretch"]).optional().meta({
    title: "Range",
    description:
      "Stretch: the smallest and the largest value of all images become black and white (0 and 255, or 0 and 1 in float32). File, or absent: values stay as they are; where they use a small part of their range, that is told.",
  }),
  background: z
    .string()
    .regex(/^(?:black|white|#[0-9a-fA-F]{6})$/, 'must be "black", "white" or a colour such as "#8090a0"')
    .optional()
    .meta({
      title: "Background",
      description:
        'The colour behind transparent images, and around padded ones: "black", "white" or "#rrggbb". Where absent, white where the content of transparent images is dark, else black.',
    }),
};
