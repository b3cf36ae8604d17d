/** Fields that several pruners share. */
import { integer } from "../../kit/schema.ts";

export const startupTrialsField = () =>
  integer({
    default: 5,
    min: 1,
    max: 100_000,
    search: [1, 20],
    title: { en: "Start-up trials", ko: "처음에 남길 시행" },
    unit: { en: "trials", ko: "시행" },
    description: {
      en: "No trial is pruned until this many have trained to their end. With fewer, what the others reach says little.",
      ko: "이만큼의 시행이 끝까지 학습하기 전에는 가지치기하지 않습니다. 적으면 다른 시행과 견준 결과를 믿기 어렵습니다.",
    },
  });

export const warmupEpochsField = () =>
  integer({
    default: 0,
    min: 0,
    max: 100_000,
    search: [0, 10],
    title: { en: "Warm-up epochs", ko: "워밍업 에폭" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "A trial is not pruned in its first epochs. Raise it where the first epochs say little, as with a long warm-up of the learning rate.",
      ko: "시행의 처음 몇 에폭에서는 가지치기하지 않습니다. 학습률 워밍업이 길 때처럼 처음 몇 에폭이 말해 주는 것이 적으면 늘리세요.",
    },
  });

export const intervalField = () =>
  integer({
    default: 1,
    min: 1,
    max: 100_000,
    search: [1, 5],
    title: { en: "Interval", ko: "간격" },
    unit: { en: "epochs", ko: "에폭" },
    description: { en: "Epochs between two decisions after the warm-up.", ko: "워밍업 다음에 판단하는 간격(에폭)." },
  });

export const factorField = () =>
  integer({
    default: 3,
    min: 2,
    max: 100,
    search: [2, 5],
    title: { en: "Reduction factor η", ko: "축소 계수 η" },
    description: {
      en: "One trial in η goes on at every rung, and each rung has η times as many epochs as the one before. Larger saves more and risks more.",
      ko: "단마다 η개 가운데 하나만 이어 가고, 다음 단은 에폭이 η배입니다. 크면 더 아끼지만 더 위험합니다.",
    },
  });

export const minEpochsField = () =>
  integer({
    default: 1,
    min: 1,
    max: 100_000,
    search: [1, 10],
    title: { en: "First rung", ko: "첫 단" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "Epochs that every trial gets. Raise it where the first epochs do not yet tell good from bad.",
      ko: "모든 시행이 받는 에폭. 처음 몇 에폭으로 좋고 나쁨을 가릴 수 없으면 늘리세요.",
    },
  });

export const skippedRungsField = () =>
  integer({
    default: 0,
    min: 0,
    max: 20,
    search: [0, 2],
    title: { en: "Rungs skipped", ko: "건너뛰는 단" },
    description: {
      en: "The minimum early-stopping rate s: the first rung comes η to the power s times later. A safer search that saves less.",
      ko: "최소 조기 종료율 s. 첫 단이 η의 s제곱 배 뒤로 갑니다. 더 안전하고 덜 아낍니다.",
    },
  });
