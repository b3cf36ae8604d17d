/** What is measured on the way, beside the validation part after every epoch. */
import { z } from "zod";
import { flag, metaOf } from "../kit/schema.ts";

export const evaluationSchema = z
  .strictObject({
    testEveryEpoch: flag({
      default: false,
      rare: true,
      title: { en: "Test every epoch", ko: "에폭마다 시험" },
      description: {
        en: "Also measures the test set after every epoch, as published learning curves do. It decides nothing: not the best epoch, not the learning rate, not when to stop. But if you choose by these curves, the test result becomes optimistic: choose by the validation set. The test set is always measured once at the end.",
        ko: "논문의 학습 곡선처럼 에폭마다 시험 세트도 측정합니다. 가장 좋은 에폭, 학습률, 종료 시점 가운데 아무것도 정하지 않습니다. 하지만 이 곡선으로 고르면 시험 결과가 낙관적이 되므로 검증 세트로 고르세요. 시험 세트는 마지막에 언제나 한 번 측정합니다.",
      },
    }),
  })
  .meta(metaOf({ title: { en: "Evaluation", ko: "평가" } }));
