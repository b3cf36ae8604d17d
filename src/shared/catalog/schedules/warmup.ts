/**
 * A linear warm-up before any schedule s: over the first W steps f(t) = (f₀ + (1 − f₀) t / W) · s(0). The schedule then starts at step W, as if the
 * run started there, so that the learning rate has no jump. Goyal et al. 2017, arXiv:1706.02677, section 2.2 (gradual warm-up).
 */
import { z } from "zod";
import { metaOf, real } from "../../kit/schema.ts";
import type { SchedulePosition } from "./schedule.ts";

export const warmupSchema = z
  .strictObject({
    epochs: real({
      default: 0,
      min: 0,
      max: 1_000_000,
      step: 0.5,
      search: [0, 5],
      title: { en: "Warm-up", ko: "워밍업" },
      unit: { en: "epochs", ko: "에폭" },
      description: {
        en: "Epochs, possibly a fraction of one, in which the learning rate rises to where the schedule starts; the schedule has the rest. 0: none. Use it where the first steps diverge, with large batches and with Adam on deep networks.",
        ko: "학습률이 스케줄의 시작 값까지 오르는 에폭의 수(1보다 작아도 됩니다). 나머지는 스케줄을 따릅니다. 0이면 쓰지 않습니다. 처음 스텝이 발산하거나, 배치가 크거나, 깊은 신경망에 Adam을 쓸 때 쓰세요.",
      },
    }),
    from: real({
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
      search: [0, 0.5],
      rare: true,
      title: { en: "Warm-up start", ko: "워밍업 시작" },
      description: {
        en: "Fraction of the learning rate at the very first step of the warm-up. Lower it where even that step is too long; it has no effect without a warm-up.",
        ko: "워밍업의 첫 스텝에서 학습률의 비율. 그 스텝조차 너무 길면 낮추세요. 워밍업이 없으면 영향이 없습니다.",
      },
    }),
  })
  .meta(
    metaOf({
      title: { en: "Warm-up", ko: "워밍업" },
      description: { en: "A rising learning rate before the schedule (Goyal et al. 2017).", ko: "스케줄 앞에서 학습률을 올립니다(Goyal 등 2017)." },
    }),
  );

export type WarmupConfig = z.output<typeof warmupSchema>;

/** Number of warm-up steps, rounded to an integer. */
export function warmupSteps({ epochs }: WarmupConfig, stepsPerEpoch: number): number {
  return Math.round(epochs * stepsPerEpoch);
}

/** The warm-up's factor at a step (1 after it), and the position in the schedule, which stays at its start during the warm-up. */
export function throughWarmup(config: WarmupConfig, position: SchedulePosition): { readonly share: number; readonly rest: SchedulePosition } {
  const steps = warmupSteps(config, position.stepsPerEpoch);
  return {
    share: position.step >= steps ? 1 : config.from + ((1 - config.from) * position.step) / steps,
    rest: {
      step: Math.max(0, position.step - steps),
      totalSteps: Math.max(0, position.totalSteps - steps),
      stepsPerEpoch: position.stepsPerEpoch,
    },
  };
}
