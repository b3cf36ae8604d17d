/**
 * Squeeze and excitation (Hu, Shen & Sun 2018, arXiv:1709.01507, equations 2 to 4): the mean s of each channel passes through two dense layers, w =
 * σ(W₂ relu(W₁ s + b₁) + b₂), and every channel is multiplied by its weight w.
 */
import { z } from "zod";
import { gemm, mul, reduceMean, relu, reshape, sigmoid } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { integer } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { layerName } from "./fields.ts";
import { GLOROT_UNIFORM, HE, initialization, ZEROS } from "./initialization.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";

const init = initialization({
  reduceWeight: { title: { en: "Weights of the narrowing layer", ko: "좁히는 층의 가중치" }, usual: HE },
  reduceBias: { title: { en: "Biases of the narrowing layer", ko: "좁히는 층의 편향" }, usual: ZEROS },
  expandWeight: { title: { en: "Weights of the widening layer", ko: "넓히는 층의 가중치" }, usual: GLOROT_UNIFORM },
  expandBias: { title: { en: "Biases of the widening layer", ko: "넓히는 층의 편향" }, usual: ZEROS },
});

const schema = z.strictObject({
  type: z.literal("squeezeExcite"),
  name: layerName,
  ratio: integer({
    default: 16,
    min: 1,
    max: 1024,
    scale: "log",
    search: [2, 32],
    title: { en: "Ratio", ko: "축소 비율" },
    description: {
      en: "How many times narrower the middle layer is than the number of channels. Lower it for more capacity; the layer has at least one unit.",
      ko: "가운데 층이 채널 수보다 몇 배 좁은지. 용량을 늘리려면 낮추세요. 유닛은 적어도 하나입니다.",
    },
  }),
  init: init.field,
});

const SQUEEZE_EXCITE = `class SqueezeExcite(nn.Module):
    """Hu, Shen & Sun 2018, equations 2 to 4."""

    def __init__(self, channels, middle):
        super().__init__()
        self.reduce = nn.Linear(channels, middle)
        self.expand = nn.Linear(middle, channels)

    def forward(self, x):
        weight = self.expand(self.reduce(x.flatten(2).mean(2)).relu()).sigmoid()
        return x * weight.reshape(weight.shape + (1,) * (x.dim() - 2))
`;

function widths(input: SampleShape, ratio: number): readonly [number, number] {
  if (input.length < 2)
    throw new LayerMisfit(
      "",
      say`needs signals, images or volumes with channels first`,
      say`samples of shape [${input.join(", ")}]`,
      say`Put it behind a convolution.`,
    );
  return [at(input, 0), Math.max(1, Math.floor(at(input, 0) / ratio))];
}

export const squeezeExcite = {
  title: { en: "Squeeze-and-excitation", ko: "스퀴즈-엑사이테이션" },
  summary: { en: "Looks at the mean of every channel and decides how much each one counts.", ko: "채널마다 평균을 보고 각 채널을 얼마나 반영할지 정합니다." },
  source: "Hu, Shen & Sun 2018, arXiv:1709.01507, equations 2 to 4",
  schema,
  outputShape: (input, { ratio }) => {
    widths(input, ratio);
    return input;
  },
  parameters: (input, config) => {
    const [channels, middle] = widths(input, config.ratio);
    const [inward, outward] = [
      { fanIn: channels, fanOut: middle },
      { fanIn: middle, fanOut: channels },
    ];
    const matrix = (shape: readonly number[]) => ({ role: "weight", shape, units: unitsAlong(1, shape) }) as const;
    const vector = (size: number) => ({ role: "bias", shape: [size] }) as const;
    return [
      { name: "reduceWeight", ...matrix([channels, middle]), initializer: init.of(config, "reduceWeight"), ...inward },
      { name: "reduceBias", ...vector(middle), initializer: init.of(config, "reduceBias"), ...inward },
      { name: "expandWeight", ...matrix([middle, channels]), initializer: init.of(config, "expandWeight"), ...outward },
      { name: "expandBias", ...vector(channels), initializer: init.of(config, "expandBias"), ...outward },
    ];
  },
  forward: ({ x, parameters }) => {
    const shape = staticShape(x.shape);
    const squeezed = reduceMean(
      x,
      shape.slice(2).map((_, axis) => axis + 2),
    );
    const middle = relu(gemm(squeezed, tensorOf(parameters, "reduceWeight"), tensorOf(parameters, "reduceBias")));
    const weight = sigmoid(gemm(middle, tensorOf(parameters, "expandWeight"), tensorOf(parameters, "expandBias")));
    return mul(x, reshape(weight, [at(shape, 0), at(shape, 1), ...shape.slice(2).map(() => 1)]));
  },
  samples: [
    { config: {}, input: [4, 3, 2] },
    { config: { ratio: 2 }, input: [4, 5] },
  ],
  misfits: [{ config: {}, input: [5], field: "" }],
  torch: (input, { ratio }) => ({
    make: `SqueezeExcite(${widths(input, ratio).join(", ")})`,
    definitions: [SQUEEZE_EXCITE],
    tensors: {
      reduceWeight: { path: "reduce.weight", permute: [1, 0] },
      reduceBias: { path: "reduce.bias" },
      expandWeight: { path: "expand.weight", permute: [1, 0] },
      expandBias: { path: "expand.bias" },
    },
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;
