/** Data sets that come with Descent. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import type { Format } from "./format.ts";

export const shipped = {
  schema: z.strictObject({
    type: z.literal("shipped"),
    name: z.string().meta(
      metaOf({
        title: { en: "Name", ko: "이름" },
        description: {
          en: "A data set that comes with Descent; `descent datasets` lists them.",
          ko: "Descent에 들어 있는 데이터셋. `descent datasets`가 목록을 보여 줍니다.",
        },
      }),
    ),
  }),
  holds: "none",
  title: { en: "comes with Descent", ko: "기본 제공" },
  drop: null,
  paths: [],
  endings: [],
} satisfies Format;
