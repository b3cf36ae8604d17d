/**
 * Reduces the learning rate when the validation loss stops falling: after more than `patience` epochs that do not improve on the best by the
 * threshold, f ← max(factor · f, minimum), followed by `cooldown` epochs that are not counted. Same rule as PyTorch's ReduceLROnPlateau.
 */
import { z } from "zod";
import { choice, integer, real } from "../../kit/schema.ts";
import { lowestFactor } from "./fields.ts";
import type { ReactiveState, ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("reduceOnPlateau"),
  factor: real({
    default: 0.1,
    above: 0,
    below: 1,
    step: 0.05,
    search: [0.1, 0.7],
    title: { en: "Factor", ko: "배율" },
    description: {
      en: "Factor on the learning rate on a plateau. Nearer to 1 for small decreases, together with less patience.",
      ko: "정체했을 때 학습률에 곱하는 값. 조금씩 줄이려면 1에 가깝게 하고 인내도 줄이세요.",
    },
  }),
  patience: integer({
    default: 3,
    min: 0,
    max: 1_000_000,
    search: [1, 20],
    title: { en: "Patience", ko: "인내" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "Number of epochs without improvement that are tolerated; the next one lowers the rate. Raise it where the validation loss is noisy.",
      ko: "나아지지 않아도 봐주는 에폭의 수. 그다음 에폭에 학습률을 낮춥니다. 검증 손실이 불안정하면 올리세요.",
    },
  }),
  threshold: real({
    default: 1e-4,
    min: 0,
    max: 1000,
    scale: "log",
    search: [1e-5, 1e-1],
    title: { en: "Threshold", ko: "임계값" },
    description: {
      en: "How much lower than the best a validation loss must be to count as an improvement. Raise it to ignore tiny gains and lower the rate sooner.",
      ko: "나아진 것으로 치려면 검증 손실이 최저보다 얼마나 더 낮아야 하는지. 아주 작은 개선을 무시하고 학습률을 일찍 낮추려면 올리세요.",
    },
  }),
  thresholdMode: choice(
    { relative: { en: "Relative", ko: "비율" }, absolute: { en: "Absolute", ko: "차이" } },
    {
      default: "relative",
      title: { en: "Threshold is", ko: "임계값의 종류" },
      description: {
        en: "A fraction of the best loss, or a difference from it. Choose absolute where the loss comes near zero, of which every fraction is tiny.",
        ko: "최저 손실에 대한 비율 또는 차이. 손실이 0에 가까우면 어떤 비율도 아주 작으므로 차이를 고르세요.",
      },
    },
  ),
  cooldown: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    search: [0, 10],
    title: { en: "Cooldown", ko: "휴지" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "Epochs after a decrease that are not counted. Raise it where the loss needs time to respond to a new rate.",
      ko: "줄인 다음 세지 않는 에폭의 수. 손실이 새 학습률에 반응하는 데 시간이 걸리면 올리세요.",
    },
  }),
  minimum: lowestFactor({
    title: { en: "Minimum factor", ko: "최소 배율" },
    description: {
      en: "Fraction of the learning rate below which it never decreases. Raise it to keep learning through a long plateau.",
      ko: "학습률이 더 줄지 않는 최소 비율. 긴 정체 동안에도 계속 학습하려면 올리세요.",
    },
  }),
});

type Config = z.output<typeof schema>;

export const reduceOnPlateau = {
  title: { en: "Reduce on plateau", ko: "정체 시 감소" },
  summary: { en: "Decreases whenever the validation loss has stopped falling.", ko: "검증 손실이 더 떨어지지 않을 때마다 줄어듭니다." },
  source: "PyTorch's ReduceLROnPlateau; the practice of Krizhevsky, Sutskever & Hinton 2012, section 5",
  schema,
  factor: (_, __, state) => state?.factor ?? 1,
  reactive: {
    start: (): ReactiveState => ({ factor: 1, best: null, waited: 0, cooldown: 0 }),
    observe: (state: ReactiveState, value: number, config: Config): ReactiveState => {
      const better = isBetter(value, state.best, config);
      const best = better ? value : state.best;
      const cooling = state.cooldown > 0;
      const waited = better || cooling ? 0 : state.waited + 1;
      if (waited > config.patience) return { factor: Math.max(state.factor * config.factor, config.minimum), best, waited: 0, cooldown: config.cooldown };
      return { factor: state.factor, best, waited, cooldown: cooling ? state.cooldown - 1 : 0 };
    },
  },
  samples: [
    {
      config: {},
      totalSteps: 200,
      stepsPerEpoch: 5,
      torch: { make: "torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=3, eps=0)", every: "epoch" },
    },
    {
      config: { factor: 0.5, patience: 1, threshold: 0.02, thresholdMode: "absolute", cooldown: 2, minimum: 0.1 },
      totalSteps: 120,
      stepsPerEpoch: 2,
      torch: {
        make: 'torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1, threshold=0.02, threshold_mode="abs", cooldown=2, min_lr=0.1 * optimizer.defaults["lr"], eps=0)',
        every: "epoch",
      },
    },
    {
      config: { factor: 0.3, patience: 0, threshold: 0.05 },
      totalSteps: 100,
      stepsPerEpoch: 4,
      torch: { make: "torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.3, patience=0, threshold=0.05, eps=0)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<Config>;

/** A loss that is not finite is never better. This also keeps infinity out of the stored best value, since JSON has none. */
function isBetter(value: number, best: number | null, { threshold, thresholdMode }: Config): boolean {
  if (!Number.isFinite(value)) return false;
  if (best === null) return true;
  return value < (thresholdMode === "relative" ? best * (1 - threshold) : best - threshold);
}
