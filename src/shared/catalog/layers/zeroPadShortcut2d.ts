/**
 * The shortcut without parameters (He et al. 2016, arXiv:1512.03385, section 3.3, option A): subsampling by the stride, with zeros in the new
 * channels. The paper does not say where the new channels are; here half come first and half last (the odd one last), as in the common
 * implementations for CIFAR.
 */
import { z } from "zod";
import { pad, slice } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { filtersField } from "./convolution.ts";
import { eachAxis, layerName, orEachAxis, type PerAxis, perAxis } from "./fields.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";
import { spatialAxes, spatialShape } from "./space.ts";

const schema = z.strictObject({
  type: z.literal("zeroPadShortcut2d"),
  name: layerName,
  filters: filtersField({
    en: "Number of output channels; those beyond the input's are zero. Set it to the number of filters of the layers that the shortcut passes.",
    ko: "출력 채널의 수. 입력보다 많은 채널은 0입니다. 지름길이 지나치는 층의 필터 수와 같게 하세요.",
  }),
  stride: perAxis(2, {
    default: 2,
    min: 1,
    title: { en: "Stride", ko: "스트라이드" },
    description: {
      en: `With a stride of n, every n-th pixel is kept${orEachAxis(2).en}. Set it to the stride of the layers that the shortcut passes.`,
      ko: `스트라이드가 n이면 n번째 픽셀마다 남깁니다${orEachAxis(2).ko}. 지름길이 지나치는 층의 스트라이드와 같게 하세요.`,
    },
  }),
});

const CLASS = `class ZeroPadShortcut(nn.Module):
    """Every stride-th pixel, with channels of zeros in front and behind."""

    def __init__(self, stride, before, after):
        super().__init__()
        self.stride = stride
        self.channels = (before, after)

    def forward(self, x):
        return F.pad(x[:, :, :: self.stride[0], :: self.stride[1]], (0, 0, 0, 0, *self.channels))
`;

export const zeroPadShortcut2d = {
  title: { en: "Zero-padded shortcut", ko: "0 채움 지름길" },
  summary: {
    en: "Fits an image to a residual branch that halves it, without any weights: skips pixels and adds channels of zeros.",
    ko: "크기를 절반으로 줄이는 잔차 갈래에 가중치 없이 이미지를 맞춥니다. 픽셀을 건너뛰고 0인 채널을 더합니다.",
  },
  source: "He, Zhang, Ren & Sun 2016, arXiv:1512.03385, section 3.3, option A",
  schema,
  outputShape: (input, config) => [config.filters, ...resolve(input, config).output],
  parameters: () => [],
  forward: ({ x, config }) => {
    const { stride, before, after } = resolve(sampleShapeOf(x.shape), config);
    const axes = spatialAxes(2);
    const ends = staticShape(x.shape).slice(2);
    const thinned = stride.every((step) => step === 1) ? x : slice(x, [0, 0], ends, axes, stride);
    return before + after === 0 ? thinned : pad(thinned, [0, before, 0, 0, 0, after, 0, 0]);
  },
  samples: [
    { config: {}, input: [3, 4, 5] },
    { config: { filters: 4, stride: [1, 3] }, input: [2, 2, 5] },
    { config: { filters: 5, stride: 1 }, input: [2, 3, 2] },
    { config: { filters: 2 }, input: [2, 3, 4] },
  ],
  misfits: [
    { config: {}, input: [64], field: "" },
    { config: { filters: 8 }, input: [16, 8, 8], field: "filters" },
  ],
  torch: (input, config) => {
    const { stride, before, after } = resolve(input, config);
    return { make: `ZeroPadShortcut((${stride.join(", ")}), ${before}, ${after})`, definitions: [CLASS] };
  },
} satisfies LayerDefinition<z.output<typeof schema>>;

function resolve(input: readonly number[], config: { readonly filters: number; readonly stride: PerAxis }) {
  const { channels, space } = spatialShape(input, 2);
  const added = config.filters - channels;
  if (added < 0)
    throw new LayerMisfit(
      "filters",
      say`must be at least the input's ${channels} channels, because this shortcut only adds channels`,
      say`${config.filters} filters`,
      say`Give it the number of filters that the shortcut goes around, or use a conv2d with a kernel of 1.`,
    );
  const stride = eachAxis(config.stride, 2);
  const before = Math.floor(added / 2);
  return { stride, before, after: added - before, output: space.map((size, axis) => Math.ceil(size / at(stride, axis))) };
}
