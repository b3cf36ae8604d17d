/** A module with a class that generates samples (docs/data-set-as-code.md). */
import { z } from "zod";
import { metaOf, real } from "../../kit/schema.ts";
import { type Format, path } from "./format.ts";

export const module = {
  schema: z.strictObject({
    type: z.literal("module"),
    path: path({
      en: "A TypeScript or JavaScript module that exports a data set as a class with `length` and `get(index)`.",
      ko: "`length`와 `get(index)`가 있는 클래스로 데이터셋을 내보내는 TypeScript 또는 JavaScript 모듈.",
    }),
    export: z
      .string()
      .optional()
      .meta(
        metaOf({
          title: { en: "Exported class", ko: "내보낸 클래스" },
          description: { en: "Name of the exported class; the default export where absent.", ko: "내보낸 클래스의 이름. 비우면 기본 내보내기입니다." },
        }),
      ),
    options: z
      .record(z.string(), z.unknown())
      .optional()
      .meta(
        metaOf({ title: { en: "Options", ko: "옵션" }, description: { en: "Passed to the constructor of the class.", ko: "클래스의 생성자에 전달합니다." } }),
      ),
    timeout: real({
      default: 10,
      above: 0,
      max: 3600,
      title: { en: "Time limit", ko: "시간 제한" },
      unit: { en: "s", ko: "초" },
      description: { en: "How long one answer of the class may take before it is ended.", ko: "클래스의 응답 하나를 기다리는 시간. 넘으면 끝냅니다." },
    }),
  }),
  holds: "code",
  title: { en: "module", ko: "모듈" },
  drop: { en: "a module that exports a data set (.ts, .js)", ko: "데이터셋을 내보내는 모듈(.ts, .js)" },
  paths: ["path"],
  endings: [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"],
} satisfies Format;
