/**
 * Rises from 1 / d to 1 in the first fraction p of the run, then falls to 1 / (d · D); each phase is half a cosine, or linear. Steps are counted as
 * in PyTorch's OneCycleLR: the peak is at p T − 1, the minimum at the last step T − 1.
 */
import { z } from "zod";
import { choice, real } from "../../kit/schema.ts";
import type { ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("oneCycle"),
  pctStart: real({
    default: 0.3,
    min: 0,
    below: 1,
    step: 0.05,
    search: [0.1, 0.5],
    title: { en: "Rising fraction", ko: "상승 비율" },
    description: {
      en: "Fraction of the run in which the learning rate rises to that of the recipe. Raise it where the loss jumps on the way up.",
      ko: "학습률이 레시피의 값까지 오르는 구간이 실행에서 차지하는 비율. 오르는 동안 손실이 튀면 올리세요.",
    },
  }),
  divFactor: real({
    default: 25,
    min: 1,
    max: 1e6,
    scale: "log",
    search: [3, 100],
    title: { en: "Start divisor", ko: "시작 나눗수" },
    description: {
      en: "The run starts at the recipe's learning rate divided by this. Raise it where the first steps already diverge.",
      ko: "레시피의 학습률을 이 값으로 나누어 시작합니다. 처음부터 발산하면 올리세요.",
    },
  }),
  finalDivFactor: real({
    default: 1e4,
    min: 1,
    max: 1e9,
    scale: "log",
    search: [10, 1e5],
    title: { en: "End divisor", ko: "끝 나눗수" },
    description: {
      en: "The run ends at its starting rate divided by this. Lower it where the last epochs no longer improve anything.",
      ko: "시작할 때의 학습률을 이 값으로 나누어 끝납니다. 마지막 에폭에서 더 나아지지 않으면 낮추세요.",
    },
  }),
  anneal: choice(
    { cosine: { en: "Cosine", ko: "코사인" }, linear: { en: "Linear", ko: "직선" } },
    {
      default: "cosine",
      title: { en: "Shape", ko: "모양" },
      description: {
        en: "Rise and fall along half a cosine or along a line. A line spends less time near the peak: choose it where the peak is barely stable.",
        ko: "코사인 반주기나 직선을 따라 오르내립니다. 직선은 꼭대기에 머무는 시간이 짧으므로 꼭대기가 겨우 안정적일 때 고르세요.",
      },
    },
  ),
});

export const oneCycle = {
  title: { en: "One cycle", ko: "원사이클" },
  summary: {
    en: "Rises to the recipe's learning rate and falls far below the start: one cycle, often much faster at high rates.",
    ko: "레시피의 학습률까지 오른 뒤 시작보다 훨씬 낮게 내려갑니다. 한 번의 순환으로, 높은 학습률에서 훨씬 빠를 때가 많습니다.",
  },
  source: "Smith & Topin 2018, arXiv:1708.07120 (1cycle); PyTorch's OneCycleLR",
  schema,
  factor: ({ step, totalSteps }, { pctStart, divFactor, finalDivFactor, anneal }) => {
    const last = Math.max(1, totalSteps) - 1;
    const peak = pctStart * (last + 1) - 1;
    const along = anneal === "cosine" ? alongCosine : alongLine;
    const start = 1 / divFactor;
    if (peak > 0 && step <= peak) return along(start, 1, step / peak);
    // The peak is before the last step, because p is below 1.
    return along(1, start / finalDivFactor, (Math.min(step, last) - peak) / (last - peak));
  },
  samples: [
    {
      config: {},
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: { make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=100, cycle_momentum=False)', every: "step" },
    },
    {
      config: { pctStart: 0.45, divFactor: 10, finalDivFactor: 200, anneal: "linear" },
      totalSteps: 111,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=111, pct_start=0.45, div_factor=10, final_div_factor=200, anneal_strategy="linear", cycle_momentum=False)',
        every: "step",
      },
    },
    {
      config: { pctStart: 0, finalDivFactor: 50 },
      totalSteps: 100,
      stepsPerEpoch: 10,
      torch: {
        make: 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=optimizer.defaults["lr"], total_steps=100, pct_start=0.0, final_div_factor=50, cycle_momentum=False)',
        every: "step",
      },
    },
  ],
} satisfies ScheduleDefinition<z.output<typeof schema>>;

function alongCosine(from: number, to: number, part: number): number {
  return to + ((from - to) / 2) * (Math.cos(Math.PI * part) + 1);
}

function alongLine(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
