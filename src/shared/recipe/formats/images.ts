/** Images in a folder for every class. */
import { z } from "zod";
import { folderFields } from "./folderFields.ts";
import { type Format, path } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const images = {
  schema: z.strictObject({
    type: z.literal("images"),
    path: path(
      "A folder with a folder of images for every class, or with train, validation and test folders of them, or of images whose names begin with the class.",
    ),
    ...folderFields,
    ...imageFields,
  }),
  holds: "images",
  label: { en: "folders of images", ko: "이미지 폴더" },
  drop: { en: "folders of images by class", ko: "클래스별 이미지 폴더" },
  paths: ["path"],
  endings: [],
} satisfies Format;
