/** What is measured after every epoch, in addition to the validation part. */
import { z } from "zod";
import { flag, literal, metaOf } from "../kit/schema.ts";

/** Minimum for `auto`: a mean over fewer samples is unreliable, and these cost little. */
const LEAST_SAMPLES = 200;

export const evaluationSchema = z
  .strictObject({
    training: z
      .union([
        literal("auto", { en: "As many as for validation (auto)", ko: "검증 표본만큼(auto)" }),
        literal("all", { en: "All (all)", ko: "전체(all)" }),
        literal("none", { en: "None (none)", ko: "없음(none)" }),
        z.int().gte(1).lte(1_000_000_000),
      ])
      .default("auto")
      .meta(
        metaOf({
          rare: true,
          title: { en: "Training samples measured", ko: "측정할 학습 표본" },
          unit: { en: "samples", ko: "표본" },
          description: {
            en: 'Training samples that are measured after every epoch exactly as the validation set is: with the weights at the end of the epoch, without dropout, noise or augmentation. The generalization gap is taken from them, because the loss during the epoch is a mean over weights that were still changing. They are drawn by the seed, stay the same in every epoch, and decide nothing. "auto": as many as the validation set has and at least 200, so that it costs about as much as the validation; none where there is no validation set. "all" gives the exact figure, at the cost of one more pass over the training set. "none": the gap is taken from the mean loss during the epoch.',
            ko: '에폭마다 검증 세트와 똑같이 측정하는 학습 표본: 에폭이 끝날 때의 가중치로, 드롭아웃과 잡음과 증강 없이 측정합니다. 에폭 동안의 손실은 계속 바뀌던 가중치들의 평균이므로, 일반화 격차는 이 표본에서 구합니다. 시드로 뽑아 모든 에폭에서 같은 표본을 쓰며, 아무것도 정하지 않습니다. "auto": 검증 세트의 표본 수만큼, 적어도 200개. 비용은 검증과 비슷합니다. 검증 세트가 없으면 측정하지 않습니다. "all": 정확한 값. 학습 세트를 한 번 더 지나는 비용이 듭니다. "none": 격차를 에폭 동안의 평균 손실에서 구합니다.',
          },
        }),
      ),
    testEveryEpoch: flag({
      default: false,
      rare: true,
      title: { en: "Test every epoch", ko: "에폭마다 테스트" },
      description: {
        en: "Also measures the test set after every epoch, as published learning curves do. It decides nothing: not the best epoch, not the learning rate, not when to stop. But if you choose by these curves, the test result becomes optimistic: choose by the validation set. The test set is always measured once at the end.",
        ko: "논문의 학습 곡선처럼 에폭마다 테스트 세트도 측정합니다. 가장 좋은 에폭, 학습률, 종료 시점 가운데 아무것도 정하지 않습니다. 하지만 이 곡선으로 고르면 테스트 결과가 낙관적이 되므로 검증 세트로 고르세요. 테스트 세트는 마지막에 언제나 한 번 측정합니다.",
      },
    }),
  })
  .meta(metaOf({ title: { en: "Evaluation", ko: "평가" } }));

/** Name of these samples in metric names: `trainEval.loss`. `train.loss` is different: it is the loss of a step's batch before its update. */
export const TRAINING_SAMPLE = "trainEval";

/** Number of training samples that are measured after an epoch. @param training, validation sizes of these parts */
export function trainingSampleCount(wanted: z.output<typeof evaluationSchema>["training"], training: number, validation: number): number {
  switch (wanted) {
    case "none":
      return 0;
    case "all":
      return training;
    case "auto":
      return validation === 0 ? 0 : Math.min(training, Math.max(validation, LEAST_SAMPLES));
    default:
      return Math.min(training, wanted);
  }
}
