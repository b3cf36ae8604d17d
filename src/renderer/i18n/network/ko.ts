/** The drawing of a network, in Korean. */
import type { Texts } from "../texts.ts";
import type { networkEn } from "./en.ts";

export const networkKo: Texts<typeof networkEn> = {
  title: "신경망",
  list: "입력부터 출력까지의 신경망",
  hint: "층을 누르거나 Enter를 치면 양식에서 그 층이 열립니다. 화살표 키로 이동하고, +와 −로 확대·축소하며, 0은 전체를 보여 줍니다.",
  start: "시작 단추나 Space로 학습하면 곡선이 여기에 나타납니다.",
  partial: "마지막으로 그린 층 다음의 층은 아직 맞지 않습니다.",
  layers_one: "{{count, number}}개 층",
  layers_other: "{{count, number}}개 층",
  multiplyAdds_one: "표본당 곱셈-덧셈 {{count, number}}회",
  multiplyAdds_other: "표본당 곱셈-덧셈 {{count, number}}회",
  adds: "지름길을 더함",
  more_one: "위와 같은 것 {{count, number}}개 더",
  more_other: "위와 같은 것 {{count, number}}개 더",
  fold: "반복 접기",
  tools: "그림 보기",
  zoomIn: "확대 (+, Ctrl과 휠)",
  zoomOut: "축소 (−)",
  fit: "전체 보기 (0)",
  actual: "실제 크기",
  divider: "양식의 너비 (두 번 누르면 처음 너비)",
};
