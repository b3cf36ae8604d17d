/** LeCun initialization (LeCun et al. 1998, "Efficient BackProp", equation 16): variance 1 / fan in, for linear outputs and self-normalizing networks. */
import { z } from "zod";
import { distributionField, gainField, scaled } from "./draws.ts";
import type { InitializerDefinition } from "./initializer.ts";

const schema = z.strictObject({ type: z.literal("lecun"), distribution: distributionField, gain: gainField });

export const lecun = {
  summary: "Random with variance 1 / fan in. Uniform with a gain of 0.577 it is what PyTorch draws weights and biases of its layers from.",
  source: "LeCun, Bottou, Orr & Müller 1998, equation 16",
  schema,
  values: (config, tensor) => scaled(config, 1, tensor.fanIn, tensor),
  torch: ({ distribution, gain }) =>
    distribution === "truncatedNormal" || gain !== 1 ? null : `nn.init.kaiming_${distribution}_(weight, nonlinearity="linear")`,
  samples: [{}, { distribution: "uniform", gain: 0.577 }, { distribution: "truncatedNormal" }],
} satisfies InitializerDefinition<z.output<typeof schema>>;
