/**
 * Cosine annealing with warm restarts: f = f_min + ½ (1 − f_min) (1 + cos(π T_cur / T_i)), where T_cur is the number of steps since the last restart
 * and the i-th period has T_i = T_0 · mⁱ steps.
 */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import { lowestFactor } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("cosine"),
  period: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    search: [0, 50],
    title: { en: "First period", ko: "첫 주기" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "Epochs until the learning rate jumps back to the start. 0: one period over the whole run. Set it to visit several minima in one run, or where the run may end early at a restart.",
      ko: "학습률이 처음 값으로 돌아가기까지의 에폭. 0이면 실행 전체가 한 주기입니다. 한 번의 실행에서 여러 최솟값을 찾거나, 재시작 시점에 실행을 일찍 끝낼 수 있을 때 정하세요.",
    },
  }),
  multiplier: real({
    default: 1,
    min: 1,
    max: 10,
    step: 1,
    search: [1, 2],
    title: { en: "Period multiplier", ko: "주기 배수" },
    description: {
      en: "How much longer each period is than the one before. 2 gives short periods early and long ones late.",
      ko: "각 주기가 앞 주기보다 몇 배 긴지. 2이면 처음에는 짧고 나중에는 깁니다.",
    },
  }),
  minimum: lowestFactor({
    title: { en: "Minimum factor", ko: "최소 배율" },
    description: {
      en: "Fraction of the learning rate that is left at the end of a period. Raise it where the last epochs no longer improve anything.",
      ko: "주기가 끝날 때 남는 학습률의 비율. 마지막 에폭에서 더 나아지지 않으면 올리세요.",
    },
  }),
});

export const cosine = {
  title: { en: "Cosine", ko: "코사인" },
  summary: {
    en: "Decreases along half a cosine, slowly at both ends, once or with restarts.",
    ko: "코사인 반주기를 따라 양 끝에서 천천히 줄어듭니다. 한 번 또는 재시작하며 반복합니다.",
  },
  source: "Loshchilov & Hutter 2017, arXiv:1608.03983, equation 5",
  schema,
  factor: ({ step, totalSteps, stepsPerEpoch }, { period, multiplier, minimum }) => {
    const { done, length } =
      period === 0 ? { done: Math.min(step, totalSteps), length: Math.max(1, totalSteps) } : periodAt(step, period * stepsPerEpoch, multiplier);
    return minimum + ((1 - minimum) * (1 + Math.cos((Math.PI * done) / length))) / 2;
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100)", every: "step" },
    },
    {
      config: { minimum: 0.05 },
      totalSteps: 117,
      stepsPerEpoch: 9,
      torch: { make: 'torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=117, eta_min=0.05 * optimizer.defaults["lr"])', every: "step" },
    },
    {
      config: { period: 3 },
      totalSteps: 100,
      stepsPerEpoch: 7,
      torch: { make: "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=21)", every: "step" },
    },
    {
      config: { period: 1, multiplier: 3, minimum: 0.1 },
      totalSteps: 400,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=3, eta_min=0.1 * optimizer.defaults["lr"])',
        every: "step",
      },
    },
    // PyTorch accepts only integer multipliers.
    { config: { period: 2, multiplier: 1.5 }, totalSteps: 160, stepsPerEpoch: 10, torch: null },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;

/** The period of a step, from the sum of the previous periods: T_0 (mⁿ − 1) / (m − 1). */
function periodAt(step: number, first: number, multiplier: number): { readonly done: number; readonly length: number } {
  // A step on a restart belongs to the new period, despite rounding.
  const position = (step + 1e-6) / first;
  if (multiplier === 1) return { done: Math.max(0, step - Math.floor(position) * first), length: first };
  const growth = Math.log(multiplier);
  const n = Math.floor(Math.log1p(position * (multiplier - 1)) / growth);
  const start = (first * Math.expm1(n * growth)) / (multiplier - 1);
  return { done: Math.max(0, step - start), length: first * multiplier ** n };
}
