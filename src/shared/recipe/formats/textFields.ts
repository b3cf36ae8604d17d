/** How a table is written as text. Fields that are left out are guessed from the first lines. */
import { z } from "zod";
import { metaOf, named } from "../../kit/schema.ts";

export const textFields = {
  header: z
    .boolean()
    .optional()
    .meta(
      metaOf({
        title: { en: "First line is a header", ko: "첫 줄이 제목" },
        description: {
          en: 'Whether the first line holds the names of the columns. Without a header they are called "column 1", "column 2" and so on. Where absent, judged from the cells.',
          ko: '첫 줄에 열의 이름이 있는지. 제목이 없으면 "column 1", "column 2"처럼 부릅니다. 비우면 칸을 보고 판단합니다.',
        },
      }),
    ),
  delimiter: named({
    comma: { en: "Comma", ko: "쉼표" },
    semicolon: { en: "Semicolon", ko: "세미콜론" },
    tab: { en: "Tab", ko: "탭" },
    bar: { en: "Vertical bar", ko: "세로줄" },
    whitespace: { en: "Whitespace", ko: "공백" },
    wideWhitespace: { en: "Wide whitespace", ko: "넓은 공백" },
    doubleColon: { en: "Two colons", ko: "콜론 둘" },
  })
    .optional()
    .meta(
      metaOf({
        title: { en: "Delimiter", ko: "구분자" },
        description: {
          en: "What separates the columns. Whitespace is any run of spaces or tabs, wide whitespace a tab or at least two spaces. Where absent, judged from the file.",
          ko: "열 사이를 나누는 것. 공백은 이어진 빈칸이나 탭, 넓은 공백은 탭 하나 또는 빈칸 둘 이상입니다. 비우면 파일을 보고 판단합니다.",
        },
      }),
    ),
  quote: named({ double: { en: "Double quotes", ko: "큰따옴표" }, single: { en: "Single quotes", ko: "작은따옴표" }, none: { en: "None", ko: "없음" } })
    .optional()
    .meta(
      metaOf({
        title: { en: "Quotes", ko: "따옴표" },
        description: {
          en: "What surrounds cells that contain a delimiter; none where quotes are ordinary characters. Where absent, judged from the file.",
          ko: "구분자가 든 칸을 둘러싸는 것. 따옴표가 보통 글자이면 없음. 비우면 파일을 보고 판단합니다.",
        },
      }),
    ),
  comment: z
    .string()
    .min(1)
    .max(8)
    .optional()
    .meta(
      metaOf({
        title: { en: "Comments begin with", ko: "주석의 시작" },
        description: {
          en: "Lines that begin with this text are skipped. Where absent, judged from the first lines.",
          ko: "이 텍스트로 시작하는 줄은 건너뜁니다. 비우면 처음 줄들을 보고 판단합니다.",
        },
      }),
    ),
  skip: z
    .int()
    .nonnegative()
    .optional()
    .meta(
      metaOf({
        title: { en: "Lines to skip at the start", ko: "처음에 건너뛸 줄 수" },
        description: {
          en: "Number of lines before the header or the first row that are skipped. Where absent, judged from the file.",
          ko: "제목이나 첫 행 앞에서 건너뛰는 줄의 수. 비우면 파일을 보고 판단합니다.",
        },
      }),
    ),
  skipEnd: z
    .int()
    .nonnegative()
    .max(1000)
    .optional()
    .meta(
      metaOf({
        title: { en: "Lines to skip at the end", ko: "끝에서 건너뛸 줄 수" },
        description: {
          en: "Number of lines after the last row, such as notes and sums, that are skipped. Where absent, judged from the file.",
          ko: "마지막 행 다음의 메모나 합계처럼 건너뛰는 줄의 수. 비우면 파일을 보고 판단합니다.",
        },
      }),
    ),
  units: z
    .boolean()
    .optional()
    .meta(
      metaOf({
        title: { en: "Line of units", ko: "단위 줄" },
        description: {
          en: "Whether the line after the header holds units and is skipped. Where absent, judged from the file.",
          ko: "제목 다음 줄에 단위가 있어 건너뛸지. 비우면 파일을 보고 판단합니다.",
        },
      }),
    ),
};
