/**
 * Averages of the weights over the steps, used for validation and test. The graph has one rule, average ← average + c · (weights − average); this
 * file defines c at each step.
 */
import { z } from "zod";
import { assertNever } from "../kit/fault.ts";
import { integer, metaOf, real } from "../kit/schema.ts";

export const averagingSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("none") }).meta(
      metaOf({
        title: { en: "None", ko: "없음" },
        description: { en: "Validates and tests with the weights themselves.", ko: "가중치 그대로 검증하고 테스트합니다." },
      }),
    ),
    z
      .strictObject({
        type: z.literal("ema"),
        decay: real({
          default: 0.999,
          min: 0,
          below: 1,
          step: 0.001,
          search: [0.9, 0.9999],
          title: { en: "Decay", ko: "감쇠" },
          description: {
            en: "Fraction of the average that is kept at every step. 0.999 averages over about a thousand steps; use less on short runs.",
            ko: "스텝마다 남기는 평균의 비율. 0.999이면 천 스텝쯤을 평균합니다. 짧은 실행에서는 줄이세요.",
          },
        }),
      })
      .meta(
        metaOf({
          title: { en: "Exponential (EMA)", ko: "지수 이동 평균(EMA)" },
          description: { en: "An exponential moving average after every step.", ko: "스텝마다 지수 이동 평균을 냅니다." },
        }),
      ),
    z
      .strictObject({
        type: z.literal("swa"),
        startEpoch: integer({
          default: 5,
          min: 1,
          max: 1_000_000,
          title: { en: "First epoch", ko: "첫 에폭" },
          unit: { en: "epoch", ko: "에폭" },
          description: {
            en: "The epoch at whose end averaging begins, counted from 1. Begin when the loss has settled, at about three quarters of the run.",
            ko: "평균을 시작하는 에폭. 1부터 셉니다. 손실이 안정된 다음, 실행의 4분의 3쯤에서 시작하세요.",
          },
        }),
      })
      .meta(
        metaOf({
          title: { en: "Equal (SWA)", ko: "균등 평균(SWA)" },
          description: {
            en: "The equal average of the weights at the end of every epoch from one on (Izmailov et al. 2018).",
            ko: "정한 에폭부터 에폭이 끝날 때마다 가중치를 균등하게 평균합니다(Izmailov 등 2018).",
          },
        }),
      ),
  ])
  .meta(
    metaOf({
      rare: true,
      title: { en: "Weight average", ko: "가중치 평균" },
      description: {
        en: "Validates and tests with an average of the weights: none, exponential (after every step) or equal (after every epoch from one on; Izmailov et al. 2018). Averages lie in flatter minima and often generalize better. Running statistics are averaged too.",
        ko: "가중치의 평균으로 검증하고 테스트합니다: 없음, 지수 이동 평균(스텝마다), 균등 평균(정한 에폭부터 에폭마다, Izmailov 등 2018). 평균은 더 평평한 최솟값에 있어 일반화가 더 잘 되곤 합니다. 이동 통계도 함께 평균합니다.",
      },
    }),
  );

export type AveragingConfig = z.output<typeof averagingSchema>;

/**
 * The coefficient of the current weights in the average; 1 sets the average to them.
 * @param step number of steps done before this one
 */
export function averagingWeight(config: AveragingConfig, step: number, stepsPerEpoch: number): number {
  switch (config.type) {
    case "none":
      return 1;
    case "ema":
      // The first steps are averaged evenly, so that the initial weights have no influence.
      return Math.max(1 - config.decay, 1 / (step + 1));
    case "swa": {
      const epochsDone = (step + 1) / stepsPerEpoch;
      if (epochsDone <= config.startEpoch) return 1;
      return Number.isInteger(epochsDone) ? 1 / (epochsDone - config.startEpoch + 1) : 0;
    }
    default:
      return assertNever(config);
  }
}
