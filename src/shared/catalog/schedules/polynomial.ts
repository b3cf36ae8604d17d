/** f(t) = f_end + (1 − f_end) (1 − t / T)^p. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { lowestFactor } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("polynomial"),
  power: real({
    default: 1,
    above: 0,
    max: 10,
    step: 0.1,
    search: [0.5, 3],
    title: { en: "Power", ko: "지수" },
    description: {
      en: "1 is a straight line down; larger decreases early and stays small near the end, smaller stays high for long. Raise it where the loss is noisy in the last epochs.",
      ko: "1이면 직선으로 내려갑니다. 크면 일찍 줄어 끝에서 작게 머물고, 작으면 오래 높게 머뭅니다. 마지막 에폭에서 손실이 불안정하면 올리세요.",
    },
  }),
  end: lowestFactor({
    title: { en: "End factor", ko: "끝 배율" },
    description: {
      en: "Fraction of the learning rate that is left at the end. Raise it where the last epochs no longer improve anything.",
      ko: "끝에 남는 학습률의 비율. 마지막 에폭에서 더 나아지지 않으면 올리세요.",
    },
  }),
});

export const polynomial = {
  title: { en: "Polynomial", ko: "다항식" },
  summary: {
    en: "Decreases along a power of the remaining fraction of the run; with power 1 along a line.",
    ko: "남은 실행 비율의 거듭제곱을 따라 줄어듭니다. 지수가 1이면 직선입니다.",
  },
  source:
    "Chen, Papandreou, Kokkinos, Murphy & Yuille 2018, arXiv:1606.00915, section 4.1 (“poly”); PyTorch's PolynomialLR, with an end as Keras's PolynomialDecay has it",
  schema,
  factor: ({ step, totalSteps }, { power, end }) => {
    const left = Math.max(0, 1 - step / Math.max(1, totalSteps));
    return end + (1 - end) * left ** power;
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.PolynomialLR(optimizer, total_iters=100, power=1.0)", every: "step" },
    },
    {
      config: { power: 0.9 },
      totalSteps: 130,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.PolynomialLR(optimizer, total_iters=130, power=0.9)", every: "step" },
    },
    // PyTorch's version ends at zero; another end exists only for the linear case, in another scheduler.
    {
      config: { end: 0.2 },
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor=0.2, total_iters=100)", every: "step" },
    },
    { config: { power: 2.5, end: 0.05 }, totalSteps: 100, stepsPerEpoch: 10, torch: null },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
