/** HDF5 files. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { arrayFields } from "./arrayFields.ts";
import { type Format, path } from "./format.ts";

const inner = (title: Words, description: Words) => z.string().optional().meta(metaOf({ title, description }));

export const hdf5 = {
  schema: z.strictObject({
    type: z.literal("hdf5"),
    path: path({ en: "An HDF5 file.", ko: "HDF5 파일." }),
    samples: z.string().meta(
      metaOf({
        title: { en: "Samples", ko: "표본" },
        description: { en: "Path of the samples' data set inside the file: /images.", ko: "파일 안에서 표본 데이터셋의 경로: /images." },
      }),
    ),
    labels: z.string().meta(
      metaOf({
        title: { en: "Labels", ko: "라벨" },
        description: { en: "Path of the labels' data set inside the file: /labels.", ko: "파일 안에서 라벨 데이터셋의 경로: /labels." },
      }),
    ),
    validationSamples: inner(
      { en: "Validation samples", ko: "검증 표본" },
      { en: "Path of the validation samples inside the file, where it has them: /val/images.", ko: "파일 안에서 검증 표본의 경로(있으면): /val/images." },
    ),
    validationLabels: inner({ en: "Validation labels", ko: "검증 라벨" }, { en: "Path of their labels inside the file.", ko: "파일 안에서 그 라벨의 경로." }),
    validationPath: path({
      en: "Another HDF5 file, where the validation samples are in a file of their own.",
      ko: "검증 표본이 따로 있으면 그 HDF5 파일.",
    }).optional(),
    testSamples: inner(
      { en: "Test samples", ko: "테스트 표본" },
      { en: "Path of the test samples inside the file, where it has them: /test/images.", ko: "파일 안에서 테스트 표본의 경로(있으면): /test/images." },
    ),
    testLabels: inner({ en: "Test labels", ko: "테스트 라벨" }, { en: "Path of their labels inside the file.", ko: "파일 안에서 그 라벨의 경로." }),
    testPath: path({ en: "Another HDF5 file, where the test samples are in a file of their own.", ko: "테스트 표본이 따로 있으면 그 HDF5 파일." }).optional(),
    ...arrayFields,
  }),
  holds: "arrays",
  title: { en: "HDF5", ko: "HDF5" },
  drop: { en: "HDF5 (.h5)", ko: "HDF5(.h5)" },
  paths: ["path", "validationPath", "testPath"],
  endings: [".h5", ".hdf5", ".he5", ".hdf"],
} satisfies Format;
