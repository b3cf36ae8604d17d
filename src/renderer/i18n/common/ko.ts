/** Words that several screens use: states, phases, parts, metrics, in Korean. */
import type { Texts } from "../texts.ts";
import type { commonEn } from "./en.ts";

export const commonKo: Texts<typeof commonEn> = {
  status: {
    queued: "대기",
    running: "학습 중",
    paused: "일시 정지",
    stopped: "중지됨",
    interrupted: "중단됨",
    completed: "완료",
    failed: "실패",
  },
  phase: {
    queued: "차례를 기다리는 중",
    preparing: "데이터를 읽는 중",
    compiling: "신경망을 컴파일하는 중",
    training: "학습 중",
    evaluating: "평가하는 중",
    ended: "끝남",
  },
  split: { train: "학습", validation: "검증", test: "테스트" },
  best: {
    lowest: "검증 {{metric}} 최저",
    highest: "검증 {{metric}} 최고",
    at: "가장 좋은 에폭의 검증 {{metric}}",
    atHelp: "가장 좋은 에폭({{rule}})의 검증 {{metric}}입니다.",
    reachedLow: "가장 낮은 검증 {{metric}}",
    reachedHigh: "가장 높은 검증 {{metric}}",
    reachedEpoch: "{{epoch, number}}에폭",
  },
  facts: {
    samples_one: "표본 {{count, number}}개",
    samples_other: "표본 {{count, number}}개",
    features_one: "특성 {{count, number}}개",
    features_other: "특성 {{count, number}}개",
    signal: "신호 {{shape}}",
    image: "이미지 {{shape}}",
    volume: "부피 데이터 {{shape}}",
    classes_one: "클래스 {{count, number}}개",
    classes_other: "클래스 {{count, number}}개",
    values_one: "목표값 1개",
    values_other: "목표값 {{count, number}}개",
  },
  onSamples: {
    on_one: "· 표본 {{count, number}}개",
    on_other: "· 표본 {{count, number}}개",
    interval: "95 % 구간 {{interval}}",
    intervalHelp: "같은 종류의 다른 표본에서 기대되는 95 % 구간입니다(Wilson). 표본이 적을수록 넓습니다.",
  },
  metric: {
    loss: "손실",
    learningRate: "학습률",
    gradientNorm: "기울기 노름",
  },
};
