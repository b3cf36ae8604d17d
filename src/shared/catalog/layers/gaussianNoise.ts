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
    title: { en: "σ", ko: "σ" },
    description: {
      en: "Standard deviation of the noise, in the unit of its input. Raise it while validation improves; after a normalization, 0.1 is a good start.",
      ko: "잡음의 표준편차. 입력과 같은 단위입니다. 검증 결과가 좋아지는 동안 올리세요. 정규화 다음에는 0.1로 시작하면 좋습니다.",
    },
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
  title: { en: "Gaussian noise", ko: "가우스 잡음" },
  summary: {
    en: "Adds normal noise in training, so that the network does not depend on small differences.",
    ko: "학습 중에 정규분포 잡음을 더하여 신경망이 작은 차이에 좌우되지 않게 합니다.",
  },
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
