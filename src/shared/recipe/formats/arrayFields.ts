/** Fields common to all array formats. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { task } from "./format.ts";

export const arrayFields = {
  task,
  classes: z
    .array(z.string())
    .optional()
    .meta(
      metaOf({
        title: { en: "Class names", ko: "클래스 이름" },
        description: { en: "Names of the classes in the order of their numbers.", ko: "번호 순서로 쓴 클래스 이름." },
      }),
    ),
  channelsLast: z
    .boolean()
    .optional()
    .meta(
      metaOf({
        title: { en: "Channels last", ko: "채널이 마지막" },
        description: {
          en: "Whether the array's last axis is the channels, as in [N, H, W, 3]. Where absent: a last axis of 3 or 4 after three others is treated as channels.",
          ko: "[N, H, W, 3]처럼 배열의 마지막 축이 채널인지. 비우면 축 세 개 다음의 마지막 축이 3이나 4일 때 채널로 봅니다.",
        },
      }),
    ),
};
