/**
 * Truncated normal distribution: values more than two standard deviations from the mean are drawn again, as in TensorFlow's `truncated_normal`. The
 * given standard deviation is that before truncation; afterwards it is 0.88 of that.
 */
import { z } from "zod";
import { deviationField, meanField, truncatedNormal as within } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("truncatedNormal"),
  mean: meanField,
  std: deviationField({
    en: "Of the normal distribution before it is cut off at two standard deviations, as in TensorFlow; that leaves 0.88 times as much.",
    ko: "TensorFlow처럼 표준편차의 두 배에서 자르기 전 정규분포의 표준편차. 자르고 나면 0.88배가 됩니다.",
  }),
});

export const truncatedNormal = {
  title: { en: "Truncated normal", ko: "절단 정규분포" },
  summary: {
    en: "Normal distribution without its tails: no value is more than two standard deviations from the mean, as in TensorFlow.",
    ko: "꼬리를 자른 정규분포입니다. TensorFlow처럼 평균에서 표준편차의 두 배를 넘는 값이 없습니다.",
  },
  source: "TensorFlow, tf.random.truncated_normal",
  schema,
  values:
    ({ mean, std }, { stream, size }) =>
    (element) =>
      mean + std * within(stream, size, element),
  torch: ({ mean, std }) => `nn.init.trunc_normal_(weight, mean=${mean}, std=${std}, a=${mean - 2 * std}, b=${mean + 2 * std})`,
  samples: [{}, { mean: 0.1, std: 0.02 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
