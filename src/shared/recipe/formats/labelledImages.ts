/** Images in any folders, with a table of labels. */
import { z } from "zod";
import { mergeNames } from "./folderFields.ts";
import { type Format, path, task } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const labelledImages = {
  schema: z.strictObject({
    type: z.literal("labelledImages"),
    path: path("A folder of images."),
    labels: path("A CSV file with a row for every image.", "Labels"),
    file: z.string().meta({ title: "File column", description: "The column with the image's path inside the folder." }),
    target: z.string().meta({ title: "Target", description: "The column to predict." }),
    oneHot: z.array(z.string()).optional().meta({
      title: "One-hot columns",
      description: "Columns of zeros and ones, one for each class, in place of the target: the class of an image is the column with the one.",
    }),
    partColumn: z.string().optional().meta({
      title: "Part column",
      description:
        "The column that says of which part an image is: train, validation or test. Where absent, a column that says nothing else, or train and test folders that all images are in; empty to take all together.",
    }),
    task,
    mergeNames,
    ...imageFields,
  }),
  holds: "images",
  label: { en: "images with a CSV of labels", ko: "CSV 라벨이 있는 이미지" },
  drop: { en: "images with a table of labels", ko: "라벨 표가 있는 이미지" },
  paths: ["path", "labels"],
  endings: [],
} satisfies Format;
