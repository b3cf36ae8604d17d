/**
 * A residual block (He et al. 2016, arXiv:1512.03385, equation 1): y = F(x) + S(x), with layers F and a shortcut S, which is the identity if empty.
 * With stochastic depth (Huang et al. 2016, arXiv:1603.09382, section 3), F is dropped for a fraction of the samples in training, and scaled up for
 * the others so that its mean stays the same.
 */
import { z } from "zod";
import { add, mul } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";
import { nestedLayers } from "./nested.ts";

const schema = z.strictObject({
  type: z.literal("residual"),
  name: layerName,
  layers: nestedLayers({
    default: [],
    title: { en: "Layers", ko: "층" },
    description: {
      en: "The layers whose output is added to the shortcut. Two or three convolutions with normalization; put the last activation after the block.",
      ko: "출력이 지름길에 더해지는 층. 정규화가 있는 합성곱 두세 개를 두고, 마지막 활성 함수는 블록 뒤에 두세요.",
    },
  }),
  shortcut: nestedLayers({
    default: [],
    title: { en: "Shortcut", ko: "지름길" },
    description: {
      en: "The path beside the layers; empty is the identity. Where the layers change the shape, put a conv2d with a kernel of 1 here (projection), or a zeroPadShortcut2d (no parameters).",
      ko: "층 옆을 지나는 길. 비어 있으면 항등입니다. 층이 형태를 바꾸면 여기에 커널 1의 conv2d(투영)나 zeroPadShortcut2d(매개변수 없음)를 두세요.",
    },
  }),
  stochasticDepth: real({
    default: 0,
    min: 0,
    below: 1,
    step: 0.05,
    search: [0, 0.5],
    rare: true,
    title: { en: "Stochastic depth", ko: "확률적 깊이" },
    description: {
      en: "Fraction of the samples for which the layers are skipped in training. 0: off. Raise it toward the end of very deep networks.",
      ko: "학습 중에 층을 건너뛰는 표본의 비율. 0이면 끕니다. 아주 깊은 신경망의 끝으로 갈수록 올리세요.",
    },
  }),
});

const RESIDUAL = `class Residual(nn.Module):
    """Layers beside a shortcut, added; with stochastic depth, left out for some samples in training."""

    def __init__(self, layers, shortcut, drop=0.0):
        super().__init__()
        self.layers = layers
        self.shortcut = shortcut
        self.drop = drop

    def forward(self, x):
        made = self.layers(x)
        if self.training and self.drop > 0:
            shape = (made.shape[0], *(1 for _ in made.shape[1:]))
            made = made * (Draws.bernoulli(f"{self.address}/depth", shape, 1 - self.drop, made.dtype) / (1 - self.drop))
        return made + self.shortcut(x)
`;

export const residual = {
  title: { en: "Residual block", ko: "잔차 블록" },
  summary: {
    en: "Adds the output of its layers to its input, so that gradients also flow past them.",
    ko: "층의 출력을 입력에 더합니다. 기울기가 층을 지나지 않고도 흐를 수 있습니다.",
  },
  source: "He, Zhang, Ren & Sun 2016, arXiv:1512.03385, equation 1",
  schema,
  branches: ({ layers, shortcut }) => [
    { field: "layers", scope: "", layers },
    { field: "shortcut", scope: "shortcut", layers: shortcut },
  ],
  outputShape: (input, _, branches) => {
    const [made, beside] = [at(branches, 0), at(branches, 1)];
    if (made.join() === beside.join()) return made;
    throw new LayerMisfit("shortcut", say`must give what the layers give, [${made.join(", ")}]`, `[${beside.join(", ")}]`, remedyFor(input, made));
  },
  parameters: () => [],
  stochastic: ({ stochasticDepth }) => stochasticDepth > 0,
  forward: ({ branches, config: { stochasticDepth }, training, random }) => {
    const [made, beside] = [at(branches, 0), at(branches, 1)];
    if (!training || stochasticDepth === 0) return add(made, beside);
    const shape = staticShape(made.shape);
    const kept = random.bernoulli("depth", [at(shape, 0), ...shape.slice(1).map(() => 1)], 1 - stochasticDepth);
    return add(mul(made, mul(kept, 1 / (1 - stochasticDepth))), beside);
  },
  samples: [
    { config: {}, input: [3] },
    { config: { layers: [{ type: "dense", units: 3 }, { type: "tanh" }] }, input: [3] },
    {
      config: {
        layers: [{ type: "conv2d", filters: 3, padding: 1, stride: 2 }],
        shortcut: [{ type: "conv2d", filters: 3, kernel: 1, stride: 2, bias: false }],
      },
      input: [2, 4, 4],
    },
    { config: { layers: [{ type: "residual", layers: [{ type: "dense", units: 2 }], stochasticDepth: 0.3 }], stochasticDepth: 0.5 }, input: [2] },
  ],
  misfits: [
    { config: { layers: [{ type: "conv2d", filters: 4, padding: 1, stride: 2 }] }, input: [2, 4, 4], field: "shortcut" },
    { config: { layers: [{ type: "dense", units: 3 }] }, input: [2], field: "shortcut" },
    { config: { layers: [{ type: "conv2d", filters: 1, kernel: 1, stride: [1, 2] }] }, input: [2, 3, 5], field: "shortcut" },
    { config: { layers: [{ type: "conv1d", filters: 4, stride: 3, padding: 1 }], shortcut: [{ type: "relu" }] }, input: [2, 7], field: "shortcut" },
    { config: { layers: [{ type: "flatten" }] }, input: [2, 3], field: "shortcut" },
  ],
  torch: (_, { stochasticDepth }, branches) => ({
    make: `Residual(\n${branches.map((branch) => `${branch.replaceAll(/^/gm, "    ")},\n`).join("")}    drop=${stochasticDepth},\n)`,
    definitions: [RESIDUAL],
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;

/** A suitable layer for the shortcut, if there is one. */
function remedyFor(input: SampleShape, made: SampleShape): Words {
  const [channels, ...space] = input;
  const [filters, ...left] = made;
  const strides = space.map((size, axis) => strideFor(size, left[axis] ?? 0));
  if (channels === undefined || filters === undefined || space.length !== left.length || space.length > 3 || strides.includes(undefined))
    return say`Change the layers or the shortcut so that both give the same shape.`;
  if (space.length === 0) return say`Make {"type": "dense", "units": ${filters}} the shortcut.`;
  const window = `"stride": ${strides.every((stride) => stride === strides[0]) ? strides[0] : `[${strides.join(", ")}]`}`;
  const projection = `{"type": "conv${space.length}d", "filters": ${filters}, "kernel": 1, ${window}}`;
  const padded = `{"type": "zeroPadShortcut2d", "filters": ${filters}, ${window}}`;
  return space.length === 2 && filters >= channels ? say`Make ${projection} or ${padded} the shortcut.` : say`Make ${projection} the shortcut.`;
}

/** The smallest stride that reduces `size` to `left`. */
function strideFor(size: number, left: number): number | undefined {
  return Array.from({ length: size }, (_, i) => i + 1).find((stride) => Math.ceil(size / stride) === left);
}
