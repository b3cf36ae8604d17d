/** Steps at equal distances: f = γ^⌊e / E⌋ with e the number of completed epochs. */
import { z } from "zod";
import { integer } from "../../kit/schema.ts";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("step"),
  every: integer({
    default: 5,
    min: 1,
    max: 1_000_000,
    search: [1, 50],
    title: { en: "Interval", ko: "간격" },
    unit: { en: "epochs", ko: "에폭" },
    description: {
      en: "Epochs between two decreases of the learning rate, counted after the warm-up. A third of the budget gives two decreases.",
      ko: "학습률을 줄이는 간격(에폭). 워밍업 다음부터 셉니다. 예산의 3분의 1이면 두 번 줄어듭니다.",
    },
  }),
  gamma: gammaField({
    default: 0.1,
    search: [0.1, 0.9],
    description: {
      en: "Factor on the learning rate at each decrease. Nearer to 1 where there are many decreases.",
      ko: "줄일 때마다 학습률에 곱하는 값. 여러 번 줄이면 1에 가깝게 하세요.",
    },
  }),
});

export const step = {
  title: { en: "Step", ko: "계단" },
  summary: { en: "Decreases by the same factor every few epochs.", ko: "몇 에폭마다 같은 비율로 줄어듭니다." },
  source: "Ge, Kakade, Kidambi & Netrapalli 2019, arXiv:1904.12838 (step decay); PyTorch's StepLR",
  schema,
  factor: (position, { every, gamma }) => gamma ** Math.floor(epochsDone(position) / every),
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 4,
      torch: { make: "torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.1)", every: "epoch" },
    },
    {
      config: { every: 3, gamma: 0.5 },
      totalSteps: 100,
      stepsPerEpoch: 7,
      torch: { make: "torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
