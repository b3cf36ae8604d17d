/** Steps at chosen epochs: f = γ^n with n the number of milestones that are at most e, and e the number of completed epochs. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("multiStep"),
  milestones: z
    .array(z.int().gte(1).lte(1_000_000))
    .min(1)
    .default([5, 8])
    .meta(
      metaOf({
        title: { en: "Milestones", ko: "이정표" },
        unit: { en: "epochs", ko: "에폭" },
        description: {
          en: "Epochs after the warm-up at whose end the learning rate decreases; one named twice counts twice. Half and three quarters of the budget are usual: put one where the loss stops falling.",
          ko: "워밍업 다음에 학습률을 줄이는 에폭. 두 번 쓰면 두 번 줄입니다. 예산의 절반과 4분의 3이 보통입니다. 손실이 더 떨어지지 않는 곳에 두세요.",
        },
      }),
    ),
  gamma: gammaField({
    default: 0.1,
    search: [0.1, 0.9],
    description: {
      en: "Factor on the learning rate at each milestone. Nearer to 1 where there are many milestones.",
      ko: "이정표마다 학습률에 곱하는 값. 이정표가 많으면 1에 가깝게 하세요.",
    },
  }),
});

export const multiStep = {
  title: { en: "Milestones", ko: "이정표" },
  summary: { en: "Decreases by the same factor after the epochs that you name.", ko: "정한 에폭이 지날 때마다 같은 비율로 줄어듭니다." },
  source: "He, Zhang, Ren & Sun 2016, arXiv:1512.03385, section 4.2; PyTorch's MultiStepLR",
  schema,
  factor: (position, { milestones, gamma }) => {
    const epochs = epochsDone(position);
    return gamma ** milestones.filter((milestone) => milestone <= epochs).length;
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: "torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[5, 8], gamma=0.1)", every: "epoch" },
    },
    {
      config: { milestones: [15, 3, 15, 9], gamma: 0.3 },
      totalSteps: 120,
      stepsPerEpoch: 6,
      torch: { make: "torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[15, 3, 15, 9], gamma=0.3)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
