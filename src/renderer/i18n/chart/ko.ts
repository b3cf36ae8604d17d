/** Charts, in Korean. */
import type { Texts } from "../texts.ts";
import type { chartEn } from "./en.ts";

export const chartKo: Texts<typeof chartEn> = {
  curves: "곡선",
  loss: "손실",
  gap: "일반화 격차",
  gapCurve: "검증 − 학습",
  gapHelp: "에폭이 끝날 때 잰 검증 손실에서 같은 때 잰 학습 샘플의 손실을 뺀 값. 커지면 과적합입니다.",
  gapToMeanHelp:
    "이 실행은 에폭이 끝날 때 학습 샘플을 재지 않았으므로(evaluation.training), 격차는 검증 손실에서 에폭 동안의 평균 학습 손실을 뺀 값입니다. 첫 에폭의 평균은 대부분 학습되지 않은 네트워크의 것이므로 두 번째 에폭부터 그립니다. 커지면 과적합입니다.",
  step: "스텝",
  epoch: "에폭",
  xAxis: "가로축",
  logarithmic: "로그 손실",
  smoothing: "평활",
  smoothingHelp: "학습 곡선의 이동 평균에서 과거의 비중. 원래 값은 뒤에 보입니다.",
  best: "최고",
  zoom: "스텝 {{from}} ~ {{to}}",
  resetZoom: "모두 보기",
  zoomHint: "끌어서 확대, 두 번 눌러 모두 보기",
  waiting: "곡선은 첫 스텝부터 그려집니다.",
  waitingValidation: "곡선은 첫 에폭이 끝나면 그려집니다.",
  waitingSecondEpoch: "곡선은 두 번째 에폭이 끝나면 그려집니다.",
  label: "{{title}}. {{values}}. 화살표 키로 커서 이동, +와 −로 확대와 축소, 0으로 모두 보기.",
  at: "{{x}}에서",
  last: "마지막",
  testWarning: "레시피가 요청하여 시험 데이터의 곡선도 그립니다. 이 곡선은 아무것도 결정하지 않습니다. 이것을 보고 고르면 시험 결과가 실제보다 좋게 나옵니다.",
  targetUnits: "목표 단위",
  percent: "%",
};
