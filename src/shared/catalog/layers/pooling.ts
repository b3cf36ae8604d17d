/**
 * Pooling over windows of 1 to 3 spatial axes: the maximum, for which padding counts as −∞, or the mean, which ignores padding. Of equal maxima, the
 * first in row-major order gets the gradient, as in PyTorch.
 */
import { averagePool, maxPool } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { orEachAxis, paddingField, perAxis } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { type Rank, spaceWords } from "./space.ts";
import { constantPad, evenPads, inSequence, padArgument, pythonTuple } from "./torchWindow.ts";
import { resolvePooling, type Window, type WindowConfig } from "./window.ts";

type Pooling<C> = Pick<LayerDefinition<C>, "outputShape" | "parameters" | "forward" | "torch">;

export function poolingFields(rank: Rank) {
  const { sample, elements } = spaceWords[rank];
  const each = orEachAxis(rank);
  return {
    kernel: perAxis(rank, {
      default: 2,
      min: 1,
      title: { en: "Window", ko: "창" },
      description: {
        en: `${rank === 1 ? "Length" : "Side"} of the window in ${elements.en}${each.en}. Larger windows tolerate larger shifts and lose more of the position.`,
        ko: `창의 ${rank === 1 ? "길이" : "한 변"}(${elements.ko} 단위)${each.ko}. 크면 더 큰 이동을 견디지만 위치 정보를 더 잃습니다.`,
      },
    }),
    stride: perAxis(rank, {
      default: 2,
      min: 1,
      title: { en: "Stride", ko: "스트라이드" },
      description: {
        en: `Step of the window in ${elements.en}${each.en}. Windows overlap where it is smaller than the window.`,
        ko: `창이 움직이는 간격(${elements.ko} 단위)${each.ko}. 창보다 작으면 창이 겹칩니다.`,
      },
    }),
    padding: paddingField(rank, {
      en: `"valid" adds nothing. "same" widens the edges so that the size stays the same with stride 1. "symmetric" widens every side by half a window, as PyTorch's padding=1 does for a kernel of 3. A number widens every side by that many ${elements.en}. The padding itself is never the result. Use it where the edge of the ${sample.en} would be left out.`,
      ko: `"valid"는 아무것도 더하지 않습니다. "same"은 스트라이드 1에서 크기가 그대로이도록 가장자리를 넓힙니다. "symmetric"은 커널 3에서 PyTorch의 padding=1처럼 모든 변을 창의 절반만큼 넓힙니다. 수를 쓰면 모든 변을 그만큼 넓힙니다. 넓힌 자리 자체는 결과가 되지 않습니다. ${sample.ko}의 가장자리가 빠지는 곳에 쓰세요.`,
    }),
  };
}

/** Cases that hold for both kinds of pooling, by rank. */
export const poolingCases = {
  1: {
    samples: [
      { config: {}, input: [2, 6] },
      { config: {}, input: [2, 7] },
      { config: { padding: "same" }, input: [2, 6] },
      { config: { padding: "same", kernel: 4, stride: 1 }, input: [2, 5] },
      { config: { kernel: 3, padding: 2 }, input: [2, 5] },
      { config: { kernel: 2, stride: 3, padding: 1 }, input: [2, 6] },
    ],
    misfits: [
      { config: {}, input: [16], field: "" },
      { config: { kernel: 5 }, input: [2, 4], field: "kernel" },
      { config: { padding: 2 }, input: [2, 8], field: "padding" },
      { config: { padding: "same" }, input: [2, 7], field: "padding" },
    ],
  },
  2: {
    samples: [
      { config: {}, input: [2, 4, 4] },
      { config: {}, input: [2, 5, 6] },
      { config: { padding: "same" }, input: [2, 4, 6] },
      { config: { padding: "same", kernel: 3 }, input: [1, 5, 7] },
      { config: { padding: "same" }, input: [2, 1, 4] },
      { config: { padding: "same", kernel: [2, 3], stride: 1 }, input: [2, 4, 3] },
      { config: { kernel: 3, stride: 1, padding: 1 }, input: [2, 5, 6] },
      { config: { kernel: 3, padding: "symmetric" }, input: [2, 8, 6] },
      { config: { kernel: 3, stride: [2, 3], padding: [2, 0] }, input: [2, 4, 5] },
      { config: { kernel: [2, 3], stride: [1, 2] }, input: [2, 5, 6] },
    ],
    misfits: [
      { config: {}, input: [16], field: "" },
      { config: { kernel: 5 }, input: [2, 4, 8], field: "kernel" },
      { config: { kernel: [1, 9] }, input: [2, 8, 8], field: "kernel" },
      { config: { padding: 2 }, input: [2, 8, 8], field: "padding" },
      { config: { padding: [0, 2] }, input: [2, 8, 8], field: "padding" },
      { config: { padding: "same" }, input: [2, 8, 7], field: "padding" },
      { config: { padding: "same", kernel: 3 }, input: [2, 8, 8], field: "padding" },
    ],
  },
} as const;

export function maxPooling<C extends WindowConfig>(rank: Rank): Pooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x, config }) => {
      const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), rank, config);
      return maxPool(x, { kernel_shape: kernel, strides: stride, pads });
    },
    torch: (input, config) => {
      const window = resolvePooling(input, rank, config);
      const own = torchPadding(window);
      if (own !== undefined) return { make: `nn.MaxPool${rank}d(${shapeArguments(window)}, padding=${own})` };
      return inSequence([constantPad(rank, window.pads, 'float("-inf")'), `nn.MaxPool${rank}d(${shapeArguments(window)})`], 1);
    },
  };
}

export function averagePooling<C extends WindowConfig>(rank: Rank): Pooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x, config }) => {
      const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), rank, config);
      return averagePool(x, { kernel_shape: kernel, strides: stride, pads, count_include_pad: 0 });
    },
    torch: (input, config) => {
      const window = resolvePooling(input, rank, config);
      // AvgPool3d requires the unpadded input to be at least as large as the window.
      const own = window.kernel.every((size, axis) => size <= at(input, axis + 1)) ? torchPadding(window) : undefined;
      const pool = `nn.AvgPool${rank}d(${shapeArguments(window)}`;
      if (own !== undefined) return { make: `${pool}, padding=${own}, count_include_pad=False)` };
      return { make: `PaddedAveragePool(${padArgument(window.pads)}, ${pool}))`, definitions: [PADDED_AVERAGE_POOL] };
    },
  };
}

const PADDED_AVERAGE_POOL = `class PaddedAveragePool(nn.Module):
    """The mean over each window, in which padding is not counted."""

    def __init__(self, padding, pool):
        super().__init__()
        self.padding = padding
        self.pool = pool

    def forward(self, x):
        return self.pool(F.pad(x, self.padding)) / self.pool(F.pad(torch.ones_like(x), self.padding))
`;

function pooled(rank: Rank): Pick<Pooling<WindowConfig>, "outputShape" | "parameters"> {
  return {
    outputShape: (input, config) => {
      const { channels, output } = resolvePooling(input, rank, config);
      return [channels, ...output];
    },
    parameters: () => [],
  };
}

function shapeArguments({ kernel, stride }: Window): string {
  return `${pythonTuple(kernel)}, stride=${pythonTuple(stride)}`;
}

/** PyTorch pads both sides equally, and by at most half a window. */
function torchPadding({ kernel, pads }: Window): string | undefined {
  const even = evenPads(pads);
  return even?.every((amount, axis) => 2 * amount <= at(kernel, axis)) ? pythonTuple(even) : undefined;
}
