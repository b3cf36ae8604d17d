/** He initialization (He et al. 2015, arXiv:1502.01852, equations 10 and 14): variance 2 / fan, which keeps the size of signals through layers with ReLU. */
import { z } from "zod";
import { choice } from "../../kit/schema.ts";
import { distributionField, gainField, scaled } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({
  type: z.literal("he"),
  distribution: distributionField,
  mode: choice(["fanIn", "fanOut"], {
    default: "fanIn",
    title: "Mode",
    description: "Whether the size of the signals is kept on the way forward (fanIn) or that of the gradients on the way back (fanOut).",
  }),
  gain: gainField,
});

export const he = {
  summary: "Random with variance 2 / fan: signals keep their size through layers with ReLU.",
  source: "He, Zhang, Ren & Sun 2015, arXiv:1502.01852, equations 10 and 14",
  schema,
  values: (config, tensor) => scaled(config, 2, config.mode === "fanIn" ? tensor.fanIn : tensor.fanOut, tensor),
  torch: ({ distribution, mode, gain }) =>
    distribution === "truncatedNormal" || gain !== 1
      ? null
      : `nn.init.kaiming_${distribution}_(weight, mode="${mode === "fanIn" ? "fan_in" : "fan_out"}", nonlinearity="relu")`,
  samples: [{}, { distribution: "uniform", mode: "fanOut" }, { distribution: "truncatedNormal", gain: 0.5 }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
