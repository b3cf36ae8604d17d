/** Fields that several optimizers share. */
import { flag, real } from "../../kit/schema.ts";

export function learningRate(standard: number) {
  return real({
    default: standard,
    above: 0,
    max: 1000,
    scale: "log",
    search: [1e-5, 1],
    title: { en: "Learning rate", ko: "학습률" },
    description: {
      en: "Length of a step against the gradient. The most important value: too small is slow, too large diverges. Change it by factors of 3.",
      ko: "기울기 반대 방향으로 가는 스텝의 길이. 가장 중요한 값입니다. 너무 작으면 느리고 너무 크면 발산합니다. 3배씩 바꾸어 보세요.",
    },
  });
}

export function momentumField(
  standard: number,
  description = {
    en: "Fraction of the previous step that is kept. 0.9 averages about ten gradients; raise it on noisy batches.",
    ko: "이전 스텝에서 남기는 비율. 0.9이면 기울기 열 개쯤을 평균합니다. 배치에 잡음이 많으면 올리세요.",
  },
) {
  return real({
    default: standard,
    min: 0,
    below: 1,
    step: 0.01,
    search: [Math.min(standard, 0.5), 0.99],
    title: { en: "Momentum", ko: "모멘텀" },
    description,
  });
}

export function beta1Field(standard = 0.9) {
  return real({
    default: standard,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.8, 0.99],
    rare: true,
    title: { en: "β₁", ko: "β₁" },
    description: { en: "Memory of the mean gradient. Rarely worth changing.", ko: "기울기 평균의 기억. 바꿀 일이 드뭅니다." },
  });
}

export function beta2Field(standard = 0.999) {
  return real({
    default: standard,
    min: 0,
    below: 1,
    step: 0.001,
    search: [0.9, 0.9999],
    rare: true,
    title: { en: "β₂", ko: "β₂" },
    description: {
      en: "Memory of the squared gradient. Lower it when the loss jumps after a quiet stretch.",
      ko: "제곱 기울기의 기억. 잔잔하다가 손실이 튀면 낮추세요.",
    },
  });
}

export function epsilonField(standard = 1e-8) {
  return real({
    default: standard,
    above: 0,
    max: 1,
    scale: "log",
    search: [1e-10, 1e-4],
    rare: true,
    title: { en: "ε", ko: "ε" },
    description: {
      en: "Keeps the division finite; larger values shorten the steps of parameters with small gradients. Raise it where the first steps are erratic.",
      ko: "나눗셈이 무한해지지 않게 합니다. 크면 기울기가 작은 매개변수의 스텝이 짧아집니다. 처음 스텝이 불안정하면 올리세요.",
    },
  });
}

export function weightDecayField(standard: number) {
  return real({
    default: standard,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-4, 0.3],
    title: { en: "Weight decay", ko: "가중치 감쇠" },
    description: {
      en: "Every weight shrinks at every step by the learning rate times this value, apart from the gradient. Raise it when training is much better than validation.",
      ko: "스텝마다 가중치가 기울기와 따로 학습률과 이 값의 곱만큼 줄어듭니다. 학습 결과가 검증보다 훨씬 좋으면 올리세요.",
    },
  });
}

export function nesterovField() {
  return flag({
    default: true,
    title: { en: "Nesterov", ko: "네스테로프" },
    description: {
      en: "Takes the gradient one momentum step ahead. Leave it on; turn it off to compare.",
      ko: "모멘텀으로 한 스텝 앞선 곳의 기울기를 씁니다. 켜 두세요. 비교할 때만 끄세요.",
    },
  });
}
