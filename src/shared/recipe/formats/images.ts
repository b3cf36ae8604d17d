/** Image files, with one folder per class. */
import { z } from "zod";
import { folderFields } from "./folderFields.ts";
import { type Format, path } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const images = {
  schema: z.strictObject({
    type: z.literal("images"),
    path: path({
      en: "A folder with a folder of images for every class, or with train, validation and test folders of them, or a folder of images whose names begin with the class.",
      ko: "클래스마다 이미지 폴더가 있는 폴더, 또는 그런 train, validation, test 폴더가 있는 폴더, 또는 이름이 클래스로 시작하는 이미지의 폴더.",
    }),
    ...folderFields,
    ...imageFields,
  }),
  holds: "images",
  title: { en: "folders of images", ko: "이미지 폴더" },
  drop: { en: "folders of images by class", ko: "클래스별 이미지 폴더" },
  paths: ["path"],
  endings: [],
} satisfies Format;
