/** Uniform distribution between two bounds. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { InitializerDefinition } from "./initializer.ts";

const bound = (standard: number, title: Words, description: Words) => real({ default: standard, min: -1000, max: 1000, step: 0.01, title, description });

const schema = z.strictObject({
  type: z.literal("uniform"),
  low: bound(
    -0.05,
    { en: "Lower bound", ko: "아래 경계" },
    {
      en: "One end of the interval. For weights, choose the opposite of the other end, so that their mean is 0.",
      ko: "구간의 한쪽 끝. 가중치에서는 다른 쪽 끝과 부호만 다르게 하여 평균을 0으로 두세요.",
    },
  ),
  high: bound(
    0.05,
    { en: "Upper bound", ko: "위 경계" },
    { en: "The other end of the interval. A wider interval makes larger activations.", ko: "구간의 다른 쪽 끝. 넓으면 활성값이 커집니다." },
  ),
});

export const uniform = {
  title: { en: "Uniform", ko: "균등분포" },
  summary: { en: "Uniform distribution between two bounds of your choice.", ko: "두 경계를 직접 정하는 균등분포입니다." },
  source: "PyTorch, torch.nn.init.uniform_",
  schema,
  values:
    ({ low, high }, { stream }) =>
    (element) =>
      low + (high - low) * stream.uniform(element),
  torch: ({ low, high }) => `nn.init.uniform_(weight, ${low}, ${high})`,
  samples: [{}, { low: 0, high: 2 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
