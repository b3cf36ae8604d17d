/** The definition of a data format. Paths, detection, texts, column roles, documentation and the test battery are derived from it. */

import { z } from "zod";
import { choice, metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";

/** What the data consists of: rows of a table, arrays, image or audio files, or code that generates samples; `none` if no file is read. */
export type Holds = "table" | "arrays" | "images" | "recordings" | "code" | "none";

export interface Format<S extends z.ZodObject = z.ZodObject> {
  /** The fields of a `data.source` of this `type`. */
  readonly schema: S;
  readonly holds: Holds;
  /** Shown beside the name of a data set. */
  readonly title: Words;
  /** What can be dropped, as an item of a list; null if nothing can. */
  readonly drop: Words | null;
  /** Names of the fields with paths of files or folders. */
  readonly paths: readonly string[];
  /** File name extensions in lower case, with the dot. Empty for folders and for formats without files. */
  readonly endings: readonly string[];
}

/** A field with the path of a file or folder. */
export const path = (what: Words, title: Words = { en: "Path", ko: "경로" }) =>
  z.string().meta(
    metaOf({
      title,
      description: {
        en: `${what.en} A relative path starts at the folder of the recipe's file, and with --set at the working folder; it may lead into a zip or tar archive.`,
        ko: `${what.ko} 상대 경로는 레시피 파일의 폴더에서, --set에서는 작업 폴더에서 시작합니다. zip이나 tar 안을 가리킬 수도 있습니다.`,
      },
    }),
  );

export const task = choice(
  { classification: { en: "Classification", ko: "분류" }, regression: { en: "Regression", ko: "회귀" } },
  {
    default: "classification",
    title: { en: "Task", ko: "과제" },
    description: { en: "Predict a class, or a number.", ko: "클래스를 예측할지, 수를 예측할지." },
  },
);

/** Whether a file name has an extension of the format. */
export function hasEnding({ endings }: Pick<Format, "endings">, file: string): boolean {
  const name = file.toLowerCase();
  return endings.some((ending) => name.endsWith(ending));
}
