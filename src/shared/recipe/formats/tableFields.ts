/** Fields common to all table formats. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { columnKind, dateReading, decimalMark } from "../readings.ts";
import { path, task } from "./format.ts";

const sampleShape = z
  .array(z.int().positive())
  .optional()
  .meta(
    metaOf({
      title: { en: "Sample shape", ko: "표본의 형태" },
      description: {
        en: "The shape of one sample where the columns are an image or a signal, channels first: [1, 8, 8]. One row of features where absent.",
        ko: "열이 이미지나 신호일 때 표본 하나의 형태로, 채널이 먼저입니다: [1, 8, 8]. 비우면 특성의 행 하나입니다.",
      },
    }),
  );

/** The fields of tables that contain paths. */
export const tablePaths = ["path", "validationPath", "testPath"] as const;

export const tableFields = {
  target: z.string().meta(metaOf({ title: { en: "Target", ko: "목표값" }, description: { en: "The column to predict.", ko: "예측할 열." } })),
  task,
  validationPath: path(
    { en: "Another file with the same columns, whose rows are the validation set.", ko: "열이 같은 다른 파일. 그 행이 검증 세트입니다." },
    { en: "Validation file", ko: "검증 파일" },
  ).optional(),
  testPath: path(
    { en: "Another file with the same columns, whose rows are the test set.", ko: "열이 같은 다른 파일. 그 행이 테스트 세트입니다." },
    { en: "Test file", ko: "테스트 파일" },
  ).optional(),
  sampleShape,
  ignore: z
    .array(z.string())
    .optional()
    .meta(
      metaOf({
        title: { en: "Ignored columns", ko: "제외할 열" },
        description: {
          en: "Columns that are not features: identifiers, names, notes. Splits can still use them.",
          ko: "특성이 아닌 열: 식별자, 이름, 메모. 나눌 때는 쓸 수 있습니다.",
        },
      }),
    ),
  kinds: z
    .record(z.string(), columnKind)
    .optional()
    .meta(
      metaOf({
        title: { en: "Column kinds", ko: "열의 종류" },
        description: {
          en: "What a column holds, where the guess is wrong: numbers that are names of categories, or the other way round; times.",
          ko: "추측이 틀렸을 때 열에 든 것: 범주 이름인 수, 또는 그 반대, 시각.",
        },
      }),
    ),
  missing: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .meta(
      metaOf({
        title: { en: "Missing values", ko: "빠진 값" },
        description: {
          en: 'The texts that mean "missing" in a column, instead of the usual ones (NA, NaN, null, ? …): {"temperature": ["-999"]}. With an empty list, only empty cells are missing: {"continent": []}.',
          ko: '보통의 것(NA, NaN, null, ? …) 대신 열에서 "빠짐"을 뜻하는 텍스트: {"temperature": ["-999"]}. 목록이 비어 있으면 빈칸만 빠진 것입니다: {"continent": []}.',
        },
      }),
    ),
  dates: z
    .record(z.string(), dateReading)
    .optional()
    .meta(
      metaOf({
        title: { en: "Dates", ko: "날짜" },
        description: {
          en: "How the dates of a column are read: whether day, month or year comes first in 01/02/2022, or what a number counts since 1970. The column then holds times.",
          ko: "열의 날짜를 읽는 방법: 01/02/2022에서 일, 월, 연 가운데 무엇이 먼저인지, 또는 수가 1970년부터 무엇을 센 것인지. 그러면 열에 시각이 듭니다.",
        },
      }),
    ),
  decimals: z
    .record(z.string(), decimalMark)
    .optional()
    .meta(
      metaOf({
        title: { en: "Decimal marks", ko: "소수점" },
        description: {
          en: "Whether a column has decimal points or decimal commas, where its numbers leave it open: 1,234 is 1234 or 1.234.",
          ko: "열의 수만으로 알 수 없을 때 소수점이 점인지 쉼표인지: 1,234는 1234이거나 1.234입니다.",
        },
      }),
    ),
  mergeNames: z
    .array(z.string())
    .optional()
    .meta(
      metaOf({
        title: { en: "Merged names", ko: "이름 합치기" },
        description: {
          en: 'Columns whose categories are merged where they differ only in case, spaces, a full stop or the way Unicode composes their letters: "setosa", "Setosa " and "setosa." are then one category.',
          ko: '대소문자, 공백, 마침표, 유니코드 조합 방식만 다른 범주를 합칠 열. 그러면 "setosa", "Setosa ", "setosa."는 한 범주가 됩니다.',
        },
      }),
    ),
};
