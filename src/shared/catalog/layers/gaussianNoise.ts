/** Adds normal noise in training (Goodfellow, Bengio & Courville 2016, section 7.5; Bishop 1995): y = x + σ n. */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { real } from "../../kit/schema.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";

const schema = z.strictObject({
  type: z.literal("gaussianNoise"),
  name: layerName,
  deviation: real({
    default: 0.1,
    min: 0,
    max: 100,
    step: 0.01,
    search: [0.01, 0.5],
    title: "σ",
    description:
      "Standard deviation of the noise, in the unit of what it is added to. Raise it while validation gets better; behind a normalization 0.1 is a start.",
  }),
});

const GAUSSIAN_NOISE = `class GaussianNoise(nn.Module):
    """Adds normal noise in training, with Descent's draws."""

    def __init__(self, deviation):
        super().__init__()
        self.deviation = deviation

    def forward(self, x):
        if not self.training or self.deviation == 0:
            return x
        return x + self.deviation * Draws.normal(f"{self.address}/noise", x.shape, x.dtype)
`;

export const gaussianNoise = {
  summary: "Adds normal noise in training, so that what is learned does not hang on small differences.",
  source: "Bishop 1995; Goodfellow, Bengio & Courville 2016, section 7.5",
  schema,
  outputShape: (input) => input,
  parameters: () => [],
  stochastic: ({ deviation }) => deviation > 0,
  forward: ({ x, config: { deviation }, training, random }) =>
    training && deviation > 0 ? add(x, mul(random.normal("noise", staticShape(x.shape)), deviation)) : x,
  samples: [
    { config: {}, input: [5] },
    { config: { deviation: 0.5 }, input: [2, 3, 3] },
  ],
  misfits: [],
  torch: (_, { deviation }) => ({ make: `GaussianNoise(${deviation})`, definitions: [GAUSSIAN_NOISE] }),
} satisfies LayerDefinition<z.output<typeof schema>>;
