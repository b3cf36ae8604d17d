/** Glorot initialization (Glorot & Bengio 2010, equations 12 and 16): variance 2 / (fan in + fan out), for tanh, sigmoid and linear outputs. */
import { z } from "zod";
import { distributionField, gainField, scaled } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("glorot"), distribution: distributionField, gain: gainField });

export const glorot = {
  title: { en: "Glorot (Xavier)", ko: "Glorot(Xavier)" },
  summary: {
    en: "Random with variance 2 / (fan in + fan out): for tanh, sigmoid and linear outputs. Also called Xavier.",
    ko: "분산이 2 / (입력 수 + 출력 수)인 난수입니다. tanh, 시그모이드, 선형 출력에 씁니다. Xavier라고도 합니다.",
  },
  source: "Glorot & Bengio 2010, equations 12 and 16",
  schema,
  values: (config, tensor) => scaled(config, 2, tensor.fanIn + tensor.fanOut, tensor),
  torch: ({ distribution, gain }) => (distribution === "truncatedNormal" ? null : `nn.init.xavier_${distribution}_(weight, gain=${gain})`),
  samples: [{}, { distribution: "uniform", gain: 2 }, { distribution: "truncatedNormal" }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
