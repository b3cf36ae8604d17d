/** Normal distribution with a given mean and standard deviation. */
import { z } from "zod";
import { deviationField, meanField } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("normal"),
  mean: meanField,
  std: deviationField({
    en: "Standard deviation of the values around the mean. 0.01 to 0.05 in older papers; He and Glorot choose it by the size of the layer.",
    ko: "평균 둘레 값의 표준편차. 예전 논문에서는 0.01~0.05이며, He와 Glorot은 층의 크기에 따라 정합니다.",
  }),
});

export const normal = {
  title: { en: "Normal", ko: "정규분포" },
  summary: { en: "Normal distribution with a mean and a standard deviation of your choice.", ko: "평균과 표준편차를 직접 정하는 정규분포입니다." },
  source: "PyTorch, torch.nn.init.normal_",
  schema,
  values:
    ({ mean, std }, { stream }) =>
    (element) =>
      mean + std * stream.normal(element),
  torch: ({ mean, std }) => `nn.init.normal_(weight, mean=${mean}, std=${std})`,
  samples: [{}, { mean: 0.5, std: 1 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
