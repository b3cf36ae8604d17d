/** Arrays saved by NumPy (numpy.lib.format). */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { arrayFields } from "./arrayFields.ts";
import { type Format, path } from "./format.ts";

export const npy = {
  schema: z.strictObject({
    type: z.literal("npy"),
    samples: path(
      { en: "A .npy file of the samples [N, …], or an .npz archive with several arrays.", ko: "표본 [N, …]의 .npy 파일, 또는 배열이 여럿 든 .npz 파일." },
      { en: "Samples", ko: "표본" },
    ),
    labels: path(
      { en: "A .npy file of the labels [N] or values [N, K].", ko: "라벨 [N] 또는 값 [N, K]의 .npy 파일." },
      { en: "Labels", ko: "라벨" },
    ).optional(),
    samplesArray: z
      .string()
      .optional()
      .meta(
        metaOf({
          title: { en: "Samples array", ko: "표본 배열" },
          description: { en: "Name of the samples' array inside the .npz.", ko: ".npz 안에서 표본 배열의 이름." },
        }),
      ),
    labelsArray: z
      .string()
      .optional()
      .meta(
        metaOf({
          title: { en: "Labels array", ko: "라벨 배열" },
          description: { en: "Name of the labels' array inside the .npz.", ko: ".npz 안에서 라벨 배열의 이름." },
        }),
      ),
    validationSamples: path({
      en: "A .npy file of the validation samples, where they are in a file of their own.",
      ko: "검증 표본이 따로 있으면 그 .npy 파일.",
    }).optional(),
    validationLabels: path({ en: "A .npy file of their labels.", ko: "그 라벨의 .npy 파일." }).optional(),
    testSamples: path({
      en: "A .npy file of the test samples, where they are in a file of their own.",
      ko: "테스트 표본이 따로 있으면 그 .npy 파일.",
    }).optional(),
    testLabels: path({ en: "A .npy file of their labels.", ko: "그 라벨의 .npy 파일." }).optional(),
    ...arrayFields,
  }),
  holds: "arrays",
  title: { en: "NumPy", ko: "NumPy" },
  drop: { en: "NumPy (.npy, .npz)", ko: "NumPy(.npy, .npz)" },
  paths: ["samples", "labels", "validationSamples", "validationLabels", "testSamples", "testLabels"],
  endings: [".npy", ".npz"],
} satisfies Format;
