/** LeCun initialization (LeCun et al. 1998, "Efficient BackProp", equation 16): variance 1 / fan in, for linear outputs and self-normalizing networks. */
import { z } from "zod";
import { distributionField, gainField, scaled } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("lecun"), distribution: distributionField, gain: gainField });

export const lecun = {
  title: { en: "LeCun", ko: "LeCun" },
  summary: {
    en: "Random with variance 1 / fan in. With the uniform distribution and a gain of 0.577, it is PyTorch's default for weights and biases.",
    ko: "분산이 1 / 입력 수인 난수입니다. 균등분포와 이득 0.577이면 PyTorch가 가중치와 편향에 쓰는 기본값입니다.",
  },
  source: "LeCun, Bottou, Orr & Müller 1998, equation 16",
  schema,
  values: (config, tensor) => scaled(config, 1, tensor.fanIn, tensor),
  torch: ({ distribution, gain }) =>
    distribution === "truncatedNormal" || gain !== 1 ? null : `nn.init.kaiming_${distribution}_(weight, nonlinearity="linear")`,
  samples: [{}, { distribution: "uniform", gain: 0.577 }, { distribution: "truncatedNormal" }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
