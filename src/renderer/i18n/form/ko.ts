/** The draft with its undo, and the form around the fields, in Korean. */
import type { Texts } from "../texts.ts";
import type { formEn } from "./en.ts";

export const formKo: Texts<typeof formEn> = {
  undo: "되돌리기",
  undoTitle: "초안의 마지막 변경 되돌리기 (Ctrl+Z)",
  redo: "다시 실행",
  redoTitle: "되돌린 변경 다시 실행 (Ctrl+Shift+Z)",
  undone: "되돌렸습니다: {{place}}",
  redone: "다시 실행했습니다: {{place}}",
  wholeRecipe: "레시피 전체",
  jsonText: "JSON 텍스트",
  replaced: "양식에 다른 레시피를 열었습니다",
  replacedText: "쓰던 초안은 보관되어 있습니다. 되돌리기로 다시 가져올 수 있습니다.",
  unread: "이전 초안을 읽을 수 없습니다",
  unreadText: "더 새로운 버전의 Descent가 썼거나 손상된 초안입니다. 버리기 전까지 텍스트를 여기에 보관합니다.",
  unreadCopy: "텍스트 복사",
  unreadCopied: "복사했습니다",
  unreadDiscard: "버리기",
};
