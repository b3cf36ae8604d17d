/** IDX files, the format of MNIST (yann.lecun.org/exdb/mnist). */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { type Format, path } from "./format.ts";

export const idx = {
  schema: z.strictObject({
    type: z.literal("idx"),
    samples: path({ en: "IDX file of the samples, plain or .gz.", ko: "표본의 IDX 파일. 그대로 또는 .gz." }, { en: "Samples", ko: "표본" }),
    labels: path({ en: "IDX file of the labels, plain or .gz.", ko: "라벨의 IDX 파일. 그대로 또는 .gz." }, { en: "Labels", ko: "라벨" }),
    testSamples: path(
      { en: "IDX file of the test samples, where the source has its own.", ko: "테스트 표본이 따로 있으면 그 IDX 파일." },
      { en: "Test samples", ko: "테스트 표본" },
    ).optional(),
    testLabels: path({ en: "IDX file of the test labels.", ko: "테스트 라벨의 IDX 파일." }, { en: "Test labels", ko: "테스트 라벨" }).optional(),
    classes: z
      .array(z.string())
      .optional()
      .meta(
        metaOf({
          title: { en: "Class names", ko: "클래스 이름" },
          description: { en: "Names of the classes in the order of their numbers.", ko: "번호 순서로 쓴 클래스 이름." },
        }),
      ),
  }),
  holds: "arrays",
  title: { en: "IDX", ko: "IDX" },
  drop: { en: "IDX", ko: "IDX" },
  paths: ["samples", "labels", "testSamples", "testLabels"],
  endings: [],
} satisfies Format;
