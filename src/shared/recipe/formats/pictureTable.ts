/** Images in a column of a table, as Hugging Face keeps them in Parquet. */
import { z } from "zod";
import { type Format, path, task } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const pictureTable = {
  schema: z.strictObject({
    type: z.literal("pictureTable"),
    path: path("A Parquet file with a column of images, or a folder of such files."),
    image: z.string().meta({ title: "Image column", description: "The column with the images' bytes, or with structures that have them as `bytes`." }),
    target: z.string().meta({ title: "Target", description: "The column to predict." }),
    task,
    beside: z.enum(["take", "leave"]).optional().meta({
      title: "Files beside it",
      description:
        "Take: further pieces of the file (00001-of-00003) and files of other parts (test beside train), by their names. Leave: this file alone. Where absent, they are taken, and that is said.",
    }),
    ...imageFields,
  }),
  holds: "images",
  label: { en: "Parquet with images", ko: "이미지가 든 Parquet" },
  drop: { en: "Parquet", ko: "Parquet" },
  paths: ["path"],
  endings: [".parquet", ".pq", ".parq"],
} satisfies Format;
