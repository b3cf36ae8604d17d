/** The same value everywhere. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("constant"),
  value: real({
    default: 0,
    min: -1e6,
    max: 1e6,
    step: 0.01,
    title: { en: "Value", ko: "값" },
    description: {
      en: "The value of every element. For biases: a little above 0 lets every ReLU be active at first. Equal weights would make all units of a layer the same.",
      ko: "모든 원소의 값. 편향에서는 0보다 조금 크면 처음에 모든 ReLU가 켜집니다. 가중치가 모두 같으면 한 층의 유닛이 모두 똑같아집니다.",
    },
  }),
});

export const constant = {
  title: { en: "Constant", ko: "상수" },
  summary: { en: "The same number everywhere: for biases.", ko: "모든 원소가 같은 수입니다. 편향에 씁니다." },
  source: "PyTorch, torch.nn.init.constant_",
  schema,
  values:
    ({ value }) =>
    () =>
      value,
  torch: ({ value }) => `nn.init.constant_(weight, ${value})`,
  samples: [{}, { value: 0.05 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
