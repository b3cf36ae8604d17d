/** The space that is made from ticked fields, in Korean. */
import type { Texts } from "../texts.ts";
import type { spaceEn } from "./en.ts";

export const spaceKo: Texts<typeof spaceEn> = {
  title: "탐색 공간",
  tuneThis: "튜닝하기",
  tuneThisHelp: "이 레시피에서 탐색할 필드를 고릅니다",
  tickSome: "탐색할 필드를 체크하세요.",
  ticked_one: "필드 {{count}}개 선택",
  ticked_other: "필드 {{count}}개 선택",
  clear: "모두 해제",
  cleared: "모든 필드를 해제했습니다",
  next: "스터디 만들기",
  tick: "{{title}} 탐색하기",
  untick: "{{title}} 탐색하지 않기",
  present: "레시피의 값: {{value}}",
  now: "현재",
  minOf: "{{title}}: 가장 작은 값",
  maxOf: "{{title}}: 가장 큰 값",
  choicesOf: "{{title}}: 선택지",
  moreChoices: "{{count}}개 더…",
  log: "로그",
  logOf: "{{title}}: 로그",
  logHelp: "비율이 중요한지: 0.001~0.01이 0.01~0.1만큼 넓어집니다",
  onlyWhen: "{{name}} 값이 다음일 때만: {{values}}",
  ownFields: "함께 탐색하기",
  presence: "없을 수도 있음",
  presenceOf: "{{title}}: 없을 수도 있음",
  repeats: "반복",
  repeatsOf: "{{title}}: 반복 횟수",
};
