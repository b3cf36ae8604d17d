/** He initialization (He et al. 2015, arXiv:1502.01852, equations 10 and 14): variance 2 / fan, which preserves the variance of signals through layers with ReLU. */
import { z } from "zod";
import { choice } from "../../kit/schema.ts";
import { distributionField, gainField, scaled } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("he"),
  distribution: distributionField,
  mode: choice(
    { fanIn: { en: "Fan in", ko: "입력 수" }, fanOut: { en: "Fan out", ko: "출력 수" } },
    {
      default: "fanIn",
      title: { en: "Mode", ko: "모드" },
      description: {
        en: "Whether the variance is kept in the forward pass (fanIn) or in the backward pass (fanOut).",
        ko: "순전파의 분산을 유지할지(fanIn), 역전파의 분산을 유지할지(fanOut).",
      },
    },
  ),
  gain: gainField,
});

export const he = {
  title: { en: "He (Kaiming)", ko: "He(Kaiming)" },
  summary: {
    en: "Random with variance 2 / fan: keeps the variance of activations through layers with ReLU.",
    ko: "분산이 2 / fan인 난수입니다. ReLU가 있는 층을 지나도 활성값의 분산이 유지됩니다.",
  },
  source: "He, Zhang, Ren & Sun 2015, arXiv:1502.01852, equations 10 and 14",
  schema,
  values: (config, tensor) => scaled(config, 2, config.mode === "fanIn" ? tensor.fanIn : tensor.fanOut, tensor),
  torch: ({ distribution, mode, gain }) =>
    distribution === "truncatedNormal" || gain !== 1
      ? null
      : `nn.init.kaiming_${distribution}_(weight, mode="${mode === "fanIn" ? "fan_in" : "fan_out"}", nonlinearity="relu")`,
  samples: [{}, { distribution: "uniform", mode: "fanOut" }, { distribution: "truncatedNormal", gain: 0.5 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
