/** Images in a column of a table, as in the Parquet files of Hugging Face. */
import { z } from "zod";
import { metaOf, named } from "../../kit/schema.ts";
import { type Format, path, task } from "./format.ts";
import { imageFields } from "./imageFields.ts";

export const pictureTable = {
  schema: z.strictObject({
    type: z.literal("pictureTable"),
    path: path({ en: "A Parquet file with a column of images, or a folder of such files.", ko: "이미지 열이 있는 Parquet 파일, 또는 그런 파일의 폴더." }),
    image: z.string().meta(
      metaOf({
        title: { en: "Image column", ko: "이미지 열" },
        description: {
          en: "The column with the images' bytes, or with structures that hold them as `bytes`.",
          ko: "이미지의 바이트가 든 열, 또는 바이트를 `bytes`로 담은 구조체의 열.",
        },
      }),
    ),
    target: z.string().meta(metaOf({ title: { en: "Target", ko: "목표값" }, description: { en: "The column to predict.", ko: "예측할 열." } })),
    task,
    beside: named({ take: { en: "Take", ko: "쓰기" }, leave: { en: "Leave", ko: "쓰지 않기" } })
      .optional()
      .meta(
        metaOf({
          title: { en: "Neighbouring files", ko: "이웃한 파일" },
          description: {
            en: "Take: further pieces of the file (00001-of-00003) and files of other parts (test beside train), recognized by their names. Leave: this file alone. Where absent, they are taken, and Descent says so.",
            ko: "쓰기: 이름으로 알아본 파일의 나머지 조각(00001-of-00003)과 다른 부분의 파일(train 옆의 test). 쓰지 않기: 이 파일만. 비우면 쓰고 그렇게 알려 줍니다.",
          },
        }),
      ),
    ...imageFields,
  }),
  holds: "images",
  title: { en: "Parquet with images", ko: "이미지가 든 Parquet" },
  drop: { en: "Parquet", ko: "Parquet" },
  paths: ["path"],
  endings: [".parquet", ".pq", ".parq"],
} satisfies Format;
