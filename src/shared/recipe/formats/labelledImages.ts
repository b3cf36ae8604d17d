/** Image files in any folders, with a table of labels. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { mergeNames } from "./folderFields.ts";
import { type Format, path, task } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const labelledImages = {
  schema: z.strictObject({
    type: z.literal("labelledImages"),
    path: path({ en: "A folder of images.", ko: "이미지 폴더." }),
    labels: path({ en: "A CSV file with a row for every image.", ko: "이미지마다 행이 하나 있는 CSV 파일." }, { en: "Labels", ko: "라벨" }),
    file: z.string().meta(
      metaOf({
        title: { en: "File column", ko: "파일 열" },
        description: { en: "The column with the image's path inside the folder.", ko: "폴더 안의 이미지 경로가 든 열." },
      }),
    ),
    target: z.string().meta(metaOf({ title: { en: "Target", ko: "목표값" }, description: { en: "The column to predict.", ko: "예측할 열." } })),
    oneHot: z
      .array(z.string())
      .optional()
      .meta(
        metaOf({
          title: { en: "One-hot columns", ko: "원-핫 열" },
          description: {
            en: "Columns of zeros and ones, one for each class, instead of the target: the class of an image is the column with the one.",
            ko: "목표값 대신 쓰는, 클래스마다 하나씩 있는 0과 1의 열. 1이 있는 열이 이미지의 클래스입니다.",
          },
        }),
      ),
    partColumn: z
      .string()
      .optional()
      .meta(
        metaOf({
          title: { en: "Part column", ko: "부분 열" },
          description: {
            en: "The column that tells which part an image belongs to: train, validation or test. Where absent: a column that holds nothing else, or train and test folders that contain all images; an empty text takes all images together.",
            ko: "이미지가 어느 부분(train, validation, test)에 드는지 말하는 열. 비우면 그런 값만 든 열이나, 모든 이미지가 든 train과 test 폴더를 씁니다. 빈 텍스트이면 모두 함께 씁니다.",
          },
        }),
      ),
    task,
    mergeNames,
    ...imageFields,
  }),
  holds: "images",
  title: { en: "images with a CSV of labels", ko: "CSV 라벨이 있는 이미지" },
  drop: { en: "images with a table of labels", ko: "라벨 표가 있는 이미지" },
  paths: ["path", "labels"],
  endings: [],
} satisfies Format;
