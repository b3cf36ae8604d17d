/** f = γ^e with e the number of completed epochs, including fractions if smooth. */
import { z } from "zod";
import { flag } from "../../kit/schema.ts";
import { epochsDone, gammaField } from "./fields.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("exponential"),
  gamma: gammaField({
    default: 0.9,
    search: [0.7, 0.99],
    description: {
      en: "Factor on the learning rate after each epoch. On long runs choose it nearer to 1: the rate at the end is γ to the power of the number of epochs.",
      ko: "에폭마다 학습률에 곱하는 값. 긴 실행에서는 1에 가깝게 정하세요. 끝의 학습률은 γ를 에폭 수만큼 거듭제곱한 것입니다.",
    },
  }),
  smooth: flag({
    default: true,
    title: { en: "Smooth", ko: "매끄럽게" },
    description: {
      en: "Decreases a little at every step instead of once per epoch. Turn it off to compare epochs at one rate each.",
      ko: "에폭마다 한 번이 아니라 스텝마다 조금씩 줄입니다. 에폭을 학습률 하나씩으로 비교하려면 끄세요.",
    },
  }),
});

export const exponential = {
  title: { en: "Exponential", ko: "지수" },
  summary: { en: "Decreases by the same factor every epoch.", ko: "에폭마다 같은 비율로 줄어듭니다." },
  source: "Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2016, arXiv:1512.00567, section 8; PyTorch's ExponentialLR",
  schema,
  factor: (position, { gamma, smooth }) => gamma ** (smooth ? position.step / position.stepsPerEpoch : epochsDone(position)),
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 8,
      torch: { make: "torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9 ** (1 / 8))", every: "step" },
    },
    {
      config: { gamma: 0.7, smooth: false },
      totalSteps: 100,
      stepsPerEpoch: 6,
      torch: { make: "torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.7)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;
